import { testPairs } from './pairs.ts';

testPairs('assignments', [
  ['o.a = 1', '(wait(__ms.target(wait(__s.o), "a")).a = 1);'],
  [
    'o.a += 1',
    '((__t1 = wait(__s.o), (wait(__ms.target(__t1, "a")).a = number(__ms.read(__t1, "a")) + (1))));',
  ],
  [
    'o.a ??= 1',
    '((__t1 = wait(__s.o), (wait(__ms.read(__t1, "a")) ?? (wait(__ms.target(__t1, "a")).a = 1))));',
  ],
  [
    'o.a++',
    'return { __proto__: null, value: ((__t1 = wait(__s.o), __t2 = number(__ms.read(__t1, "a")), __t3 = __t2++, wait(__ms.target(__t1, "a")).a = __t2, __t3)) };',
  ],
  [
    '++o.a',
    'return { __proto__: null, value: ((__t1 = wait(__s.o), __t2 = number(__ms.read(__t1, "a")), wait(__ms.target(__t1, "a")).a = ++__t2)) };',
  ],
  [
    '({ a: o.b } = p)',
    'return { __proto__: null, value: ((__t0 = __s.p, __t1 = __ms.destructurable(__t0, "p", "a"), __t3 = wait(__s.o), wait(__ms.target(__t3, "b")).b = load(__ms.read(__t1, "a")), __t0)) };',
  ],
  ['[a, b] = o', '((__t0 = __s.o, [__s.a, __s.b] = wait(__ms.items(__t0, "o", \'plain\', 2)), __t0));'],
  ['x += o', '((__s.x = number(__s.x) + (wait(__ms.shown(__s.o)))));'],
  ['x++', 'return { __proto__: null, value: ((__t1 = number(__s.x), __t2 = __t1++, __s.x = __t1, __t2)) };'],
  [
    'f = () => 1',
    '(__s.f = (__ms.typed(function* () { const __w = __ms.begun(); return 1; }, "f", 0, "() => 1", true)));',
  ],
  [
    '(f) = () => 1',
    '(__s.f = (__ms.typed(function* () { const __w = __ms.begun(); return 1; }, "", 0, "() => 1", true)));',
  ],
]);
