import { testPairs } from './pairs.ts';

testPairs('spreads', [
  ['[...o]', 'return [([...wait(__ms.items(wait(__s.o), "o"))])];'],
  ['({ ...o })', 'return [({ ...wait(__ms.shown(__s.o)) })];'],
  [
    'function* g() { yield* o }',
    '__ms.register(g, true, "g", 0, "function* g() { yield* o }"); __s.g = g; function* __f_g() { const __w = __ms.begunGenerator();  (yield* __w.delegate(__s.o, "o")); } function g() { \'use strict\'; return __ms.enterGenerator(__f_g, this, arguments, new.target); }',
  ],
]);
