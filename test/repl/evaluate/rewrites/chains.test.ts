import { testPairs } from './pairs.ts';

testPairs('chains', [
  ['o.a', 'return { __proto__: null, value: (load(__ms.read(__s.o, "a"))) };'],
  ['o[k]', 'return { __proto__: null, value: (load(__ms.read(wait(__s.o), wait(__ms.shown(__s.k))))) };'],
  [
    'o?.a.b',
    'return { __proto__: null, value: (((__t1 = wait(__s.o)) == null ? undefined : load(__ms.read(wait(__ms.read(__t1, "a")), "b")))) };',
  ],
  ['f(1)', 'return { __proto__: null, value: (wait(__ms.invoke(wait(__s.f), undefined, "f", 1))) };'],
  [
    'o.m(1)',
    'return { __proto__: null, value: (wait(__ms.invoke((__t1 = wait(__s.o), wait(__ms.read(__t1, "m"))), __t1, "o.m", 1))) };',
  ],
  [
    'o.m?.(1)',
    'return { __proto__: null, value: (((__t2 = (__t1 = wait(__s.o), wait(__ms.read(__t1, "m")))) == null ? undefined : wait(__ms.invoke(__t2, __t1, "o.m", 1)))) };',
  ],
  [
    'f()()',
    'return { __proto__: null, value: (wait(__ms.invoke(wait(__ms.invoke(wait(__s.f), undefined, "f")), undefined, "f(...)"))) };',
  ],
  [
    '(o?.a)()',
    'return { __proto__: null, value: (wait(__ms.invoke(((__t2 = wait(__s.o)) == null ? undefined : (__t0 = __t2, wait(__ms.read(__t0, "a")))), __t0, "(intermediate value)"))) };',
  ],
  [
    'p.then(f)',
    'return { __proto__: null, value: (wait(__ms.invoke((__t0 = __s.p, __ms.reactionOf(__t0, "then")), __t0, "p.then", __s.f))) };',
  ],
  [
    'Promise.all([p, f()])',
    'return { __proto__: null, value: (wait(__ms.invoke((__t1 = wait(Promise), wait(__ms.read(__t1, "all"))), __t1, "Promise.all", [__s.p, __ms.invoke(wait(__s.f), undefined, "f")]))) };',
  ],
  [
    'Promise.all(p ?? f())',
    'return { __proto__: null, value: (wait(__ms.invoke((__t1 = wait(Promise), wait(__ms.read(__t1, "all"))), __t1, "Promise.all", (__s.p ?? __ms.start(wait(__s.f), undefined, "f"))))) };',
  ],
  [
    '{ let Promise = o; Promise.all([f()]) }',
    '{  let Promise = __s.o; (wait(__ms.invoke((__t1 = wait(Promise), wait(__ms.read(__t1, "all"))), __t1, "Promise.all", [wait(__ms.invoke(wait(__s.f), undefined, "f"))]))); }',
  ],
  [
    'f(...o)',
    'return { __proto__: null, value: (wait(__ms.invoke(wait(__s.f), undefined, "f", ...wait(__ms.items(wait(__s.o), "o", \'spread\'))))) };',
  ],
  [
    '(() => o.a)',
    'return { __proto__: null, value: (__ms.typed(function* () { const __w = __ms.begun(); return pauseToLoad(__w.read(__s.o, "a")); ; var __t; }, "", 0, "() => o.a", true)) };',
  ],
  [
    '(() => o.m(1))',
    'return { __proto__: null, value: (__ms.typed(function* () { const __w = __ms.begun(); return pause(__w.invoke((__t1 = use(__s.o, "o"), use(__w.read(__t1, "m"), "o.m")), __t1, "o.m", 1)); ; var __t, __t1; }, "", 0, "() => o.m(1)", true)) };',
  ],
  [
    'class A { #a; m() { return this.#a } }',
    '__s.A = class A { static { __ms.presentClass(this, "class A { #a; m() { return this.#a } }", [[false, "m", false, 0, "m() { return this.#a }", "/*__15*/"]]); } #a; *m() {/*__15*/ const __w = __ms.begun();  return pauseToLoad(this.#a); ; var __t; } };',
  ],
]);
