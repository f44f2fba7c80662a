import { testPairs } from './pairs.ts';

testPairs('classes', [
  ['class A { b = o.c }', '__s.A = class A { b = __ms.readSync(__s.o, "c"); };'],
  ['class A { static { o.a } }', '__s.A = class A { static { (__ms.readSync(__s.o, "a")); } };'],
  ['class A { m() { return A } }', '__s.A = class A { m()  { return A; } };'],
  ['(class { [o.k]() {} })', 'return [(class { [wait(__ms.read(__s.o, "k"))]()  {} })];'],
]);
