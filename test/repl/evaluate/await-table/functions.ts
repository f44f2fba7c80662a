import type { Row } from './row.ts';

export const functionRows: readonly Row[] = [
  [
    'async function f(x) { const a = later(x); return a + later(1) } f(2)',
    'async function f(x) { const a = await later(x); return a + await later(1) } await f(2)',
  ],
  ['const f = async x => later(x) + 1; f(1)', 'const f = async x => (await later(x)) + 1; await f(1)'],
  [
    'const f = async (x) => ({ a: later(x) }); f(1)',
    'const f = async (x) => ({ a: await later(x) }); await f(1)',
  ],
  ['const f = x => later(x); f(1)', 'const f = x => later(x); await f(1)'],
  ['function f() { return later(1) instanceof Promise } f()', 'await later(1); false'],
  ['const f = () => { const p = later(1); return typeof p.then }; f()', 'await later(1); "undefined"'],
  ['function f() { return o.p === o.p && o.p instanceof Promise } f()', 'await o.p; false'],
  [
    'async function f() { return await later(1) } f()',
    'async function f() { return await later(1) } await f()',
  ],
  [
    'async function f() { function g() { return later(1) instanceof Promise } return g() } f()',
    'await later(1); false',
  ],
  [
    'function f() { return (async () => later(1) + later(2))() } f()',
    'function f() { return (async () => (await later(1)) + await later(2))() } await f()',
  ],
  [
    'function* g() { yield 1; const x = yield note(2); return x } const i = g(); [i.next(), i.next(), i.next(5), i.next()]',
  ],
  ['function* g() { yield* numbers; yield later } [...g()].length'],
  ['function* g() { yield o.g; yield* [1, 2].map(x => x + 1) } [...g()]'],
  ['function* g() { try { yield 1 } finally { note("closed g") } } for (const x of g()) break'],
  ['const [a, b] = (function* () { yield 1; yield 2; yield note(3) })(); [a, b]'],
  [
    'async function* g() { yield later(1); yield 2; yield* stream } const r = []; for await (const x of g()) r.push(x); r',
    'async function* g() { yield await later(1); yield 2; yield* stream } const r = []; for await (const x of g()) r.push(x); r',
  ],
  [
    'async function* g() { const got = yield 1; note(got); return later(3) } const i = g(); [i.next(), i.next("x"), i.next()]',
    'async function* g() { const got = yield 1; note(got); return await later(3) } const i = g(); [await i.next(), await i.next("x"), await i.next()]',
  ],
  [
    'const m = { async *g() { yield o.p } }; m.g().next().value',
    'const m = { async *g() { yield await o.p } }; (await m.g().next()).value',
  ],
  ['const f = function fact(n) { return n < 2 ? 1 : n * fact(n - 1) }; f(5)'],
  [
    'const f = async n => n < 2 ? 1 : n * f(n - 1); f(5)',
    'const f = async n => n < 2 ? 1 : n * await f(n - 1); await f(5)',
  ],
  ['function f() { return arguments.length + arguments[0] } f(5, 6)'],
  [
    'async function f() { return later(arguments[1]) } f(5, 6)',
    'async function f() { return later(arguments[1]) } await f(5, 6)',
  ],
  ['function f() { return [1, 2].map(() => arguments[0]) } f("x")'],
  [
    'async function f() { return [1, 2].map(x => later(arguments[0] + x)) } f("x")',
    'async function f() { const r = []; for (const x of [1, 2]) r.push(await later(arguments[0] + x)); return r } await f("x")',
  ],
  [
    'async function f() { return [1].map(function () { return arguments.length }) } f()',
    'async function f() { return [1].map(function () { return arguments.length }) } await f()',
  ],
  ['function f(a) { arguments[0] = 2; return a } f(1)'],
  ['function f(a) { "use strict"; arguments[0] = 2; return a } f(1)'],
  ['function f() { "use strict"; return this } f()'],
  ['function f() { return this === globalThis } f()'],
  ['function F() { return new.target === F } [F(), new F() instanceof F]'],
  ['function F() { this.a = 1; this.made = new.target === F } new F()'],
  ['const f = () => this === globalThis; f()'],
  ['const a = { n: 2, f() { return () => this.n } }; a.f()()'],
  [
    'const a = { n: 2, async f() { return [1, 2].map(x => later(x * this.n)) } }; a.f()',
    'const a = { n: 2, async f() { const r = []; for (const x of [1, 2]) r.push(await later(x * this.n)); return r } }; await a.f()',
  ],
  ['const a = { n: 2, get x() { return this.n }, set x(v) { this.n = v } }; a.x = 5; a.x++; a.x'],
  [
    'const a = { async f() { return super.toString === Object.prototype.toString } }; a.f()',
    'const a = { async f() { return super.toString === Object.prototype.toString } }; await a.f()',
  ],
  ['const a = { __proto__: o, f() { return super.self().n } }; a.n = 9; a.f()'],
  [
    'const a = { async f() { return later(1) }, async ["g" + 1]() { return this.f() } }; a.g1()',
    'const a = { async f() { return later(1) }, async ["g" + 1]() { return this.f() } }; await a.g1()',
  ],
  ['function f(a, b = note(a + 1), ...c) { return [a, b, c] } [f(1), f(1, 2, 3, 4)]'],
  [
    'function f({ a, b: { c = note(3) } = {} } = {}, [d] = [4]) { return [a, c, d] } [f(), f({ a: 1, b: { c: 2 } }, [5])]',
  ],
  ['const f = ({ n }, [x, ...y]) => [n, x, y]; f(o, "abc")'],
  ['const f = (a = later(1)) => a instanceof Promise; f()', 'await later(1); false'],
  [
    'async function f(a = later(1)) { return a } f()',
    'async function f(a = later(1)) { return a } await f()',
  ],
  ['const f = async ({ n }) => n; f(o)', 'const f = async ({ n }) => n; await f(o)'],
  ['const f = (a, b = () => a) => { a = 2; return b() }; f(1)'],
  ['const f = (a = o.list.map(x => x + o.n)) => a; f()'],
  ['const f = ({ [note("n")]: x }) => x; f(o)'],
  ['const f = (a, b = a?.x?.y ?? o.none?.z) => b; f(null)'],
  ['function f(a, b) {} f.length'],
  ['async function f(a, b = 1) {} [f.length, f.name]'],
  ['(function () { return typeof f1; function f1() {} })()'],
  ['(function () { if (true) { function g() { return 1 } } return g() })()'],
  ['(() => { x1 = 5 })(); x1', 'var x1; (() => { x1 = 5 })(); x1'],
  ['(function () { var a = 1; { var a = 2 } return a })()'],
  ['(function () { return a; var a = 1 })()'],
  ['(function () { try { return a } catch (e) { return e.message } let a })()'],
  ['(() => { let a = 1; { let a = 2 } return a })()'],
  [
    '(async () => { for (const x of later([1, 2])) if (later(x) == 2) return x })()',
    'await (async () => { for (const x of await later([1, 2])) if ((await later(x)) == 2) return x })()',
  ],
  ['(x => y => z => x + y + z)(1)(2)(3)'],
  ['(async x => async y => later(x + y))(1)(2)', 'await (await (async x => async y => later(x + y))(1))(2)'],
  ['const compose = (...fs) => x => fs.reduceRight((v, f) => f(v), x); compose(x => x + 1, x => x * 2)(5)'],
  ['const memo = {}; const fib = n => memo[n] ??= n < 2 ? n : fib(n - 1) + fib(n - 2); fib(20)'],
  ['const counter = (() => { let n = 0; return { up: () => ++n } })(); counter.up(); counter.up()'],
  [
    'const f = async () => { throw new TypeError("inner") }; f()',
    'const f = async () => { throw new TypeError("inner") }; await f()',
  ],
  [
    'const f = async () => { later(1); throw 5 }; try { f() } catch (e) { note(e) }',
    'const f = async () => { await later(1); throw 5 }; try { await f() } catch (e) { note(e) }',
  ],
  ['setTimeout instanceof Function'],
  [
    'const f = async () => (note(1), later(2)); f()',
    'const f = async () => (note(1), await later(2)); await f()',
  ],
  [
    'const f = async () => { if (o.p > 1) return o.gp; }; f()',
    'const f = async () => { if ((await o.p) > 1) return o.gp; }; await f()',
  ],
  [
    'const f = async () => `${o.p}${later(1)}`; f()',
    'const f = async () => `${await o.p}${await later(1)}`; await f()',
  ],
  [
    'async function f() { let r = 0; for (let i = 0; i < 3; i++) r += later(i); return r } f()',
    'async function f() { let r = 0; for (let i = 0; i < 3; i++) r += await later(i); return r } await f()',
  ],
  [
    'async function f() { o.p += 1; o.n++; return o.p } f()',
    'async function f() { o.p = (await o.p) + 1; o.n++; return o.p } await f()',
  ],
  ['[1, 2, 3].map(async x => later(x)).length'],
  ['Object.getPrototypeOf(async () => {}).constructor.name'],
  ['const { f } = { f() { return this === globalThis || this } }; f()'],
  ['(function f() { f = 1; return typeof f })()'],
  ['const f = function g() {}; [f.name, typeof g]'],
  ['var f = function () { return f.name }; f()'],
  [
    'function Old(n) { this.n = n } Old.prototype.get = function () { return later(this.n) }; new Old(4).get()',
    'function Old(n) { this.n = n } Old.prototype.get = function () { return later(this.n) }; await new Old(4).get()',
  ],
  [
    'const bound = o.m.bind({ n: 100 }, 1); bound(2)',
    'const bound = o.m.bind({ n: 100 }, 1); await bound(2)',
  ],
  ['Reflect.apply(o.m, { n: 1 }, [later(2)])', 'await Reflect.apply(o.m, { n: 1 }, [await later(2)])'],
  ['function f(x, y = x => x * 2) { return y(x) } f(4)'],
  ['((a, b) => a + b)(...[1, 2])'],
  [
    '((...a) => a.length)(...numbers, ...later([1]))',
    '((...a) => a.length)(...numbers, ...await later([1]))',
  ],
  [
    'async function list(page = 1, size = 20, x = note(3)) { return [page, size, x] } [list(3, 50), list(), list(undefined, 2)]',
    '[[3, 50, note(3)], [1, 20, note(3)], [1, 2, note(3)]]',
  ],
  [
    '(async ({ a }, { b } = {}, [c] = [1], ...[d]) => [a, b, c, d])({ a: 1 }, { b: 2 }, [3], 4)',
    '[1, 2, 3, 4]',
  ],
  [
    'class A { async m(a = 1, b = 2, { c } = {}) { return [a, b, c] } async #p(a = 1, b = 2) { return [a, b] } q() { return this.#p(5) } } [new A().m(7), new A().q()]',
    '[[7, 2, undefined], [5, 2]]',
  ],
  [
    '(async function* (a = 1, { b } = { b: 2 }, c = 3) { yield [a, b, c] })(3).next()',
    '({ value: [3, 2, 3], done: false })',
  ],
  [
    'const id = x => x; function f({ a }, { b }, [c]) { return id(a).concat(id(b).concat(id(c).concat([a.length += 1, b.length -= 1]))) } f([1], [2], [[3]])',
    'const id = x => x; function f({ a }, { b }, [c]) { return id(a).concat(id(b).concat(id(c).concat([a.length += 1, b.length -= 1]))) } f([1], [2], [[3]])',
  ],
  [
    'async function rest(a, ...[b = later(5), { c } = { c: 6 }]) { return [a, b, c] } rest(1)',
    '[1, await later(5), 6]',
  ],
];
