import { testPairs } from './pairs.ts';

testPairs('methods', [
  [
    '({ m() { return o.a } })',
    'return { __proto__: null, value: (__ms.methods({ *m() {/*__4*/ const __w = __ms.begun();  return pauseToLoad(__w.read(__s.o, "a")); ; var __t; } }, [[false, "m", false, 0, "m() { return o.a }", "/*__4*/"]])) };',
  ],
  [
    '({ [k]() { o } })',
    'return { __proto__: null, value: (__ms.methods({ *[__t0 = __ms.propertyKey(wait(__ms.shown(__s.k)))]() {/*__6*/ const __w = __ms.begun();  (__s.o); } }, [[false, __t0, false, 0, "[k]() { o }", "/*__6*/"]])) };',
  ],
  [
    '({ get a() { return o.b } })',
    'return { __proto__: null, value: (__ms.methods({ get a()  {   return __now.read(__s.o, "b"); ; var __t; } }, [[false, "a", "get", "get a() { return o.b }"]])) };',
  ],
  [
    '({ async m() { return o.a } })',
    'return { __proto__: null, value: (__ms.methods({ async m()  {   return load(__ms.read(__s.o, "a")); ; var __t; } }, [[false, "m", "value", "async m() { return o.a }"]])) };',
  ],
  [
    '({ *g() { yield o.a } })',
    'return { __proto__: null, value: (__ms.methods({ *g() {/*__5*/ const __w = __ms.begunGenerator(); yield __ms.started;  (yield __w.item(pauseToLoad(__w.read(__s.o, "a")))); ; var __t; } }, [[false, "g", true, 0, "*g() { yield o.a }", "/*__5*/"]])) };',
  ],
  [
    'class A { m() { return super.m() } }',
    '__s.A = class A { static { __ms.presentClass(this, "class A { m() { return super.m() } }", [[false, "m", false, 0, "m() { return super.m() }", "/*__11*/"]]); } *m() {/*__11*/ const __w = __ms.begun();  return pause(__w.invoke(use(super.m, "super.m"), this, "(intermediate value).m")); ; var __t; } };',
  ],
  [
    'class A { #m() { return 1 } n() { return this.#m() } }',
    '__s.A = class A { static { __ms.presentClass(this, "class A { #m() { return 1 } n() { return this.#m() } }", [[false, "n", false, 0, "n() { return this.#m() }", "/*__29*/"]]); } *#m() { const __w = __ms.begun();  return 1; } *n() {/*__29*/ const __w = __ms.begun();  return pause(__w.invoke((__t0 = this, use(__ms.privateMethod(__t0.#m, false, "#m", 0, "#m() { return 1 }"), "this.#m")), __t0, "this[#m]")); ; var __t0, __t; } };',
  ],
  [
    'class A { static m(a, b = 1) {} }',
    '__s.A = class A { static { __ms.presentClass(this, "class A { static m(a, b = 1) {} }", [[true, "m", false, 1, "m(a, b = 1) {}", "/*__18*/"]]); } static *m(a, __t0, ...{}) {/*__18*/ const __w = __ms.begun(); let b = ((__t1 = __t0) === undefined ? 1 : __t1); { } ; var __t1; } };',
  ],
  [
    '({ ...o })',
    'return { __proto__: null, value: ({ ...__ms.copy(wait(__ms.copied(__s.o))), ...__ms.copiedAll() }) };',
  ],
  [
    '({ ...o, m() {} })',
    'return { __proto__: null, value: (__ms.methods({ ...__ms.copy(wait(__ms.copied(__s.o))), ...__ms.copiedAll(), *m() {/*__10*/ const __w = __ms.begun(); } }, [[false, "m", false, 0, "m() {}", "/*__10*/"]])) };',
  ],
]);
