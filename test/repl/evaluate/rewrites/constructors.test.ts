import { testPairs } from './pairs.ts';

testPairs('constructors', [
  ['new C(1)', 'return [(wait(new (__ms.constructible(__s.C, "C"))(1)))];'],
  ['new o.C', 'return [(wait(new (__ms.constructible(wait(__ms.read(__s.o, "C")), "o.C"))()))];'],
  ['(() => new C)', 'return [(() => ((new (__ms.constructible(__s.C, "C"))())))];'],
]);
