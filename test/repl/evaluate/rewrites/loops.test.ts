import { testPairs } from './pairs.ts';

testPairs('loops', [
  ['while (o) x', 'while (wait(__s.o)) { if (__ms.isPauseDue()) await __ms.pause(); (__s.x); }'],
  ['do x; while (o)', 'do { if (__ms.isPauseDue()) await __ms.pause(); (__s.x); } while (wait(__s.o));'],
  [
    'for (let i = 0; i < 2; i++) i',
    'for (let i = 0; (wait(__ms.shown(i)) < 2); (__t1 = number(i), __t2 = __t1++, i = __t1, __t2)) { if (__ms.isPauseDue()) await __ms.pause(); (i); }',
  ],
  [
    'for (const k in o) k',
    'for (const k in wait(__ms.copied(__s.o))) { if (__ms.isPauseDue()) await __ms.pause(); (k); }',
  ],
  [
    'for (k in o) k',
    'for (__s.k in wait(__ms.copied(__s.o))) { if (__ms.isPauseDue()) await __ms.pause(); (__s.k); }',
  ],
  [
    'f = () => { while (o) x }',
    '(__s.f = (__ms.typed(function* () { const __w = __ms.begun();  while (use(__s.o, "o")) { if (__w.isPauseDue()) yield __w.pause(); (__s.x); } ; var __t; }, "f", 0, "() => { while (o) x }", true)));',
  ],
]);
