import { testPairs } from './pairs.ts';

testPairs('constructors', [
  ['new C(1)', 'return { __proto__: null, value: (wait(__ms.construct(wait(__s.C), "C", 1))) };'],
  [
    'new o.C',
    'return { __proto__: null, value: (wait(__ms.construct(wait(__ms.read(__s.o, "C")), "o.C"))) };',
  ],
  [
    '(() => new C)',
    'return { __proto__: null, value: (__ms.typed(function* () { const __w = __ms.begun(); return (pause(__w.construct(use(__s.C, "C"), "C"))); ; var __t; }, "", 0, "() => new C", true)) };',
  ],
]);
