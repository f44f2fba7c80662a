import { testPairs } from './pairs.ts';

testPairs('chains', [
  ['o.a', 'return [(wait(__ms.read(__s.o, "a")))];'],
  ['o[k]', 'return [(wait(__ms.read(__s.o, __s.k)))];'],
  [
    'o?.a.b',
    'return [(((__t0 = __s.o) == null ? undefined : wait(__ms.read(wait(__ms.read(__t0, "a")), "b"))))];',
  ],
  ['f(1)', 'return [(wait(__ms.callable(__s.f, "f")(1)))];'],
  ['o.m(1)', 'return [(wait(wait(__ms.method(__s.o, "m", "o.m"))(1)))];'],
  [
    'o.m?.(1)',
    'return [(((__t1 = wait(__ms.method(__s.o, "m", "o.m", true))) == null ? undefined : wait(__t1(1))))];',
  ],
  ['f()()', 'return [(wait(__ms.callable(wait(__ms.callable(__s.f, "f")()), "f(...)")()))];'],
  [
    '(o?.a)()',
    'return [(wait(__ms.callableSync(((__t0 = __s.o) == null ? undefined : wait(__ms.method(__t0, "a", "o?.a", true))), "(intermediate value)")()))];',
  ],
  ['p.then(f)', 'return [(wait(wait(__ms.method(__s.p, "then", "p.then"))(__s.f)))];'],
  [
    'Promise.all([p, f()])',
    'return [(wait(wait(__ms.method(Promise, "all", "Promise.all"))([__s.p, __ms.callable(__s.f, "f")()])))];',
  ],
  [
    '{ let Promise = o; Promise.all([f()]) }',
    '{ let Promise = __s.o; (wait(wait(__ms.method(Promise, "all", "Promise.all"))([wait(__ms.callable(__s.f, "f")())]))); }',
  ],
  ['f(...o)', `return [(wait(__ms.callable(__s.f, "f")(...wait(__ms.items(__s.o, "o", 'spread')))))];`],
  ['(() => o.a)', 'return [(() => (__ms.readSync(__s.o, "a")))];'],
  ['(() => o.m(1))', 'return [(() => (__ms.methodSync(__s.o, "m", "o.m")(1)))];'],
  ['class A { #a; m() { return this.#a } }', '__s.A = class A { #a; m()  { return this.#a; } };'],
]);
