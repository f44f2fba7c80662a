import { testPairs } from './pairs.ts';

testPairs('spreads', [
  ['[...o]', 'return { __proto__: null, value: ([...wait(__ms.items(wait(__s.o), "o"))]) };'],
  [
    '({ ...o })',
    'return { __proto__: null, value: ({ ...__ms.copy(wait(__ms.copied(__s.o))), ...__ms.copiedAll() }) };',
  ],
  [
    'function* g() { yield* o }',
    '__ms.register(g, true, "g", 0, "function* g() { yield* o }"); __s.g = g; function* __f0_g() { const __w = __ms.begunGenerator(); yield __ms.started;  (yield use(__w.delegate(__s.o, "o"), "o")); ; var __t; } function g() { \'use strict\'; return __ms.enterGenerator(__f0_g, this, arguments, g); }',
  ],
]);
