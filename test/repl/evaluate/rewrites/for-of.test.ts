import { testPairs } from './pairs.ts';

testPairs('for-of', [
  [
    'for (const x of o) x',
    'for (let __t0 of wait(__ms.loopItems(__s.o, "o"))) { if (__ms.isPendingItem(__t0)) { __t0 = __ms.resume(await __t0.value); if (__ms.isQueryEnd(__t0)) break; } const x = __t0; { if (__ms.isPauseDue()) await __ms.pause(); (x); } }',
  ],
  [
    'for (x of o) {}',
    'for (let __t0 of wait(__ms.loopItems(__s.o, "o"))) { if (__ms.isPendingItem(__t0)) { __t0 = __ms.resume(await __t0.value); if (__ms.isQueryEnd(__t0)) break; } (__s.x = __t0); { if (__ms.isPauseDue()) await __ms.pause(); {} } }',
  ],
  [
    'for (const { a } of o) a',
    'for (let __t0 of wait(__ms.loopItems(__s.o, "o"))) { if (__ms.isPendingItem(__t0)) { __t0 = __ms.resume(await __t0.value); if (__ms.isQueryEnd(__t0)) break; } const a = (__t1 = __ms.destructurable(__t0, undefined, "a"), wait(__ms.read(__t1, "a"))); { if (__ms.isPauseDue()) await __ms.pause(); (a); } }',
  ],
  [
    'for await (const x of o) x',
    'for await (let __t0 of wait(__ms.asyncItems(__s.o, "o"))) { const x = __t0; { if (__ms.isPauseDue()) await __ms.pause(); (x); } }',
  ],
  [
    'f = () => { for (const x of o) x }',
    '(__s.f = ({ "f": (() => { for (let __t0 of __ms.itemsSync(__s.o, "o")) { const x = __t0; { __ms.checkTurn(); (x); } } ; var __t0; }) })["f"]);',
  ],
]);
