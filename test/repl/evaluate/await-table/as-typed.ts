import type { Row } from './row.ts';

/** What functions and classes show of themselves, in their own properties, in their text and in errors. */
export const asTypedRows: readonly Row[] = [
  ['class X extends (() => {}) {}'],
  ['class X extends (function* () {}) {}'],
  ['class X extends ({ m() {} }.m) {}'],
  ['class X extends (async () => {}) {}'],
  ['const f = (a, b) => { return a }; class X extends f {}'],
  ['class X extends 5 {}'],
  ['class X extends undefined {}'],
  ['class X extends ({}) {}'],
  ['class X extends Math.max {}'],
  ['class X extends null {}; Object.getPrototypeOf(X) === Function.prototype'],
  ['class X extends X {}'],
  ['class Y {}; class X extends Y {}; [X.name, new X() instanceof Y]'],
  ['const y = x => x; class Y {}; class X extends y(Y) {}; X.name'],
  ['(class extends later(Array) {}).name', '(class extends (await later(Array)) {}).name'],
  ['Object.getOwnPropertyNames(class {})'],
  ['Object.getOwnPropertyNames(() => 1)'],
  ['Object.getOwnPropertyNames(async () => 1)'],
  ['Object.getOwnPropertyNames(function* () {})'],
  [
    'class A { m() {} static s() {} }; [Object.getOwnPropertyNames(A), Object.getOwnPropertyNames(A.prototype.m), Object.getOwnPropertyNames(A.s)]',
  ],
  ['class A {}; class B extends A {}; [Object.getOwnPropertyNames(B)]'],
  [
    `class A { static toString() { return 'x' } }; class B extends A {}; [String(B), Function.prototype.toString.call(B), Function.prototype.toString.call(A)]`,
  ],
  [
    "const f = (a) => a + 1; [String(f), `${f}`, f + '', f.toString(), [f].join(), Function.prototype.toString.call(f), f.toString === Function.prototype.toString, Object.hasOwn(f, 'toString')]",
  ],
  [
    `[String(Function.prototype.toString), Function.prototype.toString.name, Function.prototype.toString.length, Object.getOwnPropertyDescriptor(Function.prototype, 'toString')]`,
  ],
  ['Function.prototype.toString.call({})'],
  ['String(Math.max)'],
  [
    `const d = Object.getOwnPropertyDescriptor(class { static get x() { return 1 } }, 'x').get; [String(d), d.name]`,
  ],
  ['({ m() { return 1 } }).m.toString()'],
  [`({ toString() { return 'mine' } }) + ''`],
  ['const b = (x => x).bind(null); String(b)'],
  ['String(class A { a = 1; b() {} })'],
  [
    `function f(x) { return x } ; Object.defineProperty(f, 'toString', { value: () => 'own' }); [String(f), Function.prototype.toString.call(f)]`,
  ],
];
