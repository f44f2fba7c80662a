import { testPairs } from './pairs.ts';

testPairs('assignments', [
  ['o.a = 1', '(__s.o.a = 1);'],
  ['o.a += 1', '((__t0 = __s.o, __t0.a = wait(__ms.read(__t0, "a")) + 1));'],
  ['o.a ??= 1', '((__t0 = __s.o, wait(__ms.read(__t0, "a")) ?? (__t0.a = 1)));'],
  [
    'o.a++',
    'return [((__t0 = __s.o, __t2 = wait(__ms.read(__t0, "a")), __t3 = __t2++, __t0.a = __t2, __t3))];',
  ],
  ['++o.a', 'return [((__t0 = __s.o, __t2 = wait(__ms.read(__t0, "a")), __t0.a = ++__t2))];'],
  [
    '({ a: o.b } = p)',
    'return [((__t0 = __s.p, __t1 = __ms.destructurable(__t0, "p", "a"), __t2 = __s.o, __t2.b = wait(__ms.read(__t1, "a")), __t0))];',
  ],
  ['[a, b] = o', '((__t0 = __s.o, [__s.a, __s.b] = wait(__ms.items(__t0, "o")), __t0));'],
  ['x += o', '(__s.x += __s.o);'],
  ['x++', 'return [(__s.x++)];'],
  ['f = () => 1', '(__s.f = ({ "f": (() => (1)) })["f"]);'],
  ['(f) = () => 1', '(__s.f = (() => (1)));'],
]);
