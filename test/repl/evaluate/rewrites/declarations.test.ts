import { testPairs } from './pairs.ts';

testPairs('declarations', [
  ['let a = 1', '__s.a = 1;'],
  ['let a', '__s.a = undefined;'],
  ['var a', '__ms.declare("a"); ;'],
  ['const a = 1', '__s.a = 1, __ms.constant("a");'],
  [
    'let f = () => 1',
    '__s.f = (__ms.typed(function* () { const __w = __ms.begun(); return 1; }, "f", 0, "() => 1", true));',
  ],
  ['class A {}', '__s.A = class A { static { __ms.presentClass(this, "class A {}", []); }};'],
  [
    'function f() {}',
    '__ms.register(f, false, "f", 0, "function f() {}"); __s.f = f; function* __f0_f() { const __w = __ms.begun(); } function f() { \'use strict\'; return __ms.enter(__f0_f, this, arguments, new.target); }',
  ],
  ['{ let a = 1 }', '{  let a = 1; }'],
  ['{ var a = 1 }', '__ms.declare("a"); {  __s.a = 1; }'],
  [
    '{ function f() {} }',
    '__ms.declare("f"); { __ms.register(f, false, "f", 0, "function f() {}");  function* __f2_f() { const __w = __ms.begun(); } function f() { \'use strict\'; return __ms.enter(__f2_f, this, arguments, new.target); } __s.f = f; }',
  ],
  ['let { a } = o', '__t0 = __ms.destructurable(__s.o, "o", "a"), __s.a = load(__ms.read(__t0, "a"));'],
  [
    'const [{ a }] = o',
    '[__t1] = wait(__ms.items(__s.o, "o", \'plain\', 1)), __t2 = __ms.destructurable(__t1, undefined, "a"), __s.a = load(__ms.read(__t2, "a")), __ms.constant("a");',
  ],
  ['let [a] = o', '[__s.a] = wait(__ms.items(__s.o, "o", \'plain\', 1));'],
  [
    '{ let { a } = o }',
    '{  let a = (__t0 = __ms.destructurable(__s.o, "o", "a"), load(__ms.read(__t0, "a"))); }',
  ],
  ['using a = o', 'using a = __s.o;'],
  ['export const a = 1', '       __s.a = 1, __ms.constant("a");'],
]);
