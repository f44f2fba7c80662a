import { testPairs } from './pairs.ts';

testPairs('spreads', [
  ['[...o]', 'return [([...wait(__ms.items(__s.o, "o"))])];'],
  ['({ ...o })', 'return [({ ...wait(__ms.refreshed(__s.o)) })];'],
  ['function* g() { yield* o }', '__s.g = g; function* g()  { (yield* __ms.itemsSync(__s.o, "o")); }'],
]);
