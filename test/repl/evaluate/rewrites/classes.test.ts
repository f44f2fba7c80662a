import { testPairs } from './pairs.ts';

testPairs('classes', [
  [
    'class A { b = o.c }',
    '__s.A = class A { static { __ms.presentClass(this, "class A { b = o.c }", []); } b = ((__t) => __now.read(__s.o, "c"))(); };',
  ],
  [
    'class A { static { o.a } }',
    '__s.A = class A { static { __ms.presentClass(this, "class A { static { o.a } }", []); } static {  (__now.read(__s.o, "a")); ; var __t; } };',
  ],
  [
    'class A { m() { return A } }',
    '__s.A = class A { static { __ms.presentClass(this, "class A { m() { return A } }", [[false, "m", false, 0, "m() { return A }", "/*__11*/"]]); } *m() {/*__11*/ const __w = __ms.begun();  return A; } };',
  ],
  [
    '(class { [o.k]() {} })',
    'return { __proto__: null, value: (0, class { static { __ms.presentClass(this, "class { [o.k]() {} }", [[false, __t0, false, 0, "[o.k]() {}", "/*__14*/"]]); } *[__t0 = __ms.propertyKey(wait(__ms.shown(__ms.read(__s.o, "k"))))]() {/*__14*/ const __w = __ms.begun(); } }) };',
  ],
  [
    'class B extends A {}',
    '__s.B = class B extends __ms.heritage`${__s.A}` { static { __ms.presentClass(this, "class B extends A {}", []); }};',
  ],
]);
