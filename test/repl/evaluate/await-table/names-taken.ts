import type { Row } from './row.ts';

/** Names that loops declare, that functions and classes take, and that errors mention. */
const programs: readonly string[] = [
  '(() => { const x = [1]; for (const x of x) return x })()',
  '(() => { const x = { a: 1 }; for (const x in x) return x })()',
  'for (const k of [k]) ;',
  '(() => { for (const k of [k]) ; })()',
  '(() => { for (let { k } of [k]) ; })()',
  '(() => { const x = [1]; for (const y of [() => x]) { return y() } })()',
  '(() => { const x = [1]; for (const x of [() => x]) { return x() } })()',
  '(() => { const x = [[1]]; for (const x of (note(1), x)) { return x } })()',
  '(async () => { const x = [1]; for await (const x of x) return x })()',
  '(() => { try { throw [] } catch ([f = () => {}]) { return f.name } })()',
  'async function* g([f = () => {}], { h = () => {} }, k = () => {}) { yield [f.name, h.name, k.name] }; const r = []; for await (const x of g([], {})) r.push(x); r',
  'const f = async ([f = () => {}], { h = class {} }, k = function () {}) => [f.name, h.name, k.name]; f([], {})',
  'function* g([f = () => {}], { h = () => {} }, k = () => {}) { yield [f.name, h.name, k.name] }; [...g([], {})]',
  'class A { constructor([f = () => {}], { h = () => {} }, k = () => {}) { this.r = [f.name, h.name, k.name] } }; new A([], {}).r',
  '(class {}).name',
  '[class {}][0].name',
  '(() => class {})().name',
  'const f = x => x; f(class {}).name',
  `const a = [class {}, class { static name = 'q' }, class B {}]; a.map(x => x.name)`,
  '[(class { static m() {} }).name, (class { constructor() {} }).name, (class extends Object {}).name]',
  'class A { #m() {} t() { this.#m = 1 } }; new A().t()',
  'class A { #m() {} t() { this.#m++ } }; new A().t()',
  'class A { #m() {} t(o) { return o.#m } }; new A().t({})',
  'class A { #m() {} t(o) { return o.#m() } }; new A().t({})',
  'class A { #m() {} t(o) { return o?.#m } }; new A().t(5)',
  'class A { #m() {} t(o) { return #m in o } }; new A().t(5)',
  'class A { #m() {} t(o) { ({ a: this.#m } = { a: 1 }) } }; new A().t(5)',
  'class A { #f; t(o) { return o.#f } }; new A().t({})',
  'class A { get #g() { return 1 } t(o) { this.#g = 1 } }; new A().t({})',
  `(function f() { 'use strict'; f = 1 })()`,
  '(function f() { f = 1; return typeof f })()',
];

export const nameTakenRows: readonly Row[] = programs.map((program): Row => [
  program,
  program.replaceAll('later(', 'soon('),
]);
