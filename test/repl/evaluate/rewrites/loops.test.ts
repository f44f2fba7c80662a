import { testPairs } from './pairs.ts';

testPairs('loops', [
  ['while (o) x', 'while (__s.o) { if (__ms.isPauseDue()) await __ms.pause(); (__s.x); }'],
  ['do x; while (o)', 'do { if (__ms.isPauseDue()) await __ms.pause(); (__s.x); } while (__s.o);'],
  [
    'for (let i = 0; i < 2; i++) i',
    'for (let i = 0; i < 2; i++) { if (__ms.isPauseDue()) await __ms.pause(); (i); }',
  ],
  ['for (const k in o) k', 'for (const k in __s.o) { if (__ms.isPauseDue()) await __ms.pause(); (k); }'],
  ['for (k in o) k', 'for (__s.k in __s.o) { if (__ms.isPauseDue()) await __ms.pause(); (__s.k); }'],
  [
    'f = () => { while (o) x }',
    '(__s.f = ({ "f": (() => { while (__s.o) { __ms.checkTurn(); (__s.x); } }) })["f"]);',
  ],
]);
