import type { Row } from './row.ts';

/** Promises that typed code makes and settles later, which only what uses them waits for. */
export const keptPromiseRows: readonly Row[] = [
  [
    'const { promise, resolve } = Promise.withResolvers(); setTimeout(resolve, 1, 5); promise + 1',
    'const { promise, resolve } = Promise.withResolvers(); setTimeout(resolve, 1, 5); (await promise) + 1',
  ],
  [
    'const gate = Promise.withResolvers(); gate.resolve(3); const kept = gate.promise; kept * 2',
    'const gate = Promise.withResolvers(); gate.resolve(3); const kept = gate.promise; (await kept) * 2',
  ],
  [
    'let open; const p = new Promise(done => { open = done }); open("x"); `${p}!`',
    'let open; const p = new Promise(done => { open = done }); open("x"); `${await p}!`',
  ],
  [
    'let open, p; p = new Promise(done => { open = done }); open(1); [p, p]',
    'let open, p; p = new Promise(done => { open = done }); open(1); [p, p]',
  ],
  [
    'let open; const box = {}; box.p = new Promise(done => { open = done }); open(0); box.p ? 1 : 2',
    'let open; const box = {}; box.p = new Promise(done => { open = done }); open(0); (await box.p) ? 1 : 2',
  ],
  [
    'let open; const box = { p: new Promise(done => { open = done }) }; open(7); Math.max(box.p, 1)',
    'let open; const box = { p: new Promise(done => { open = done }) }; open(7); Math.max(await box.p, 1)',
  ],
  [
    'let open, p = new Promise(done => { open = done }); open(7); p++; p',
    'let open, p = new Promise(done => { open = done }); open(7); p = await p; p++; p',
  ],
  [
    'const p = new Promise(done => setTimeout(done, 1, 2)); p.then(x => x + 1)',
    'const p = new Promise(done => setTimeout(done, 1, 2)); await p.then(x => x + 1)',
  ],
  [
    'const p = new Promise((_, no) => setTimeout(no, 1, new Error("no"))); try { p.x } catch (e) { note(e.message) }',
    'const p = new Promise((_, no) => setTimeout(no, 1, new Error("no"))); try { (await p).x } catch (e) { note(e.message) }',
  ],
  [
    'function f() { const { promise, resolve } = Promise.withResolvers(); setTimeout(resolve, 1, 2); return promise } f() + 1',
    'function f() { const { promise, resolve } = Promise.withResolvers(); setTimeout(resolve, 1, 2); return promise } (await f()) + 1',
  ],
  [
    'function f() { const d = Promise.withResolvers(); setTimeout(() => d.resolve(2), 1); return d.promise + 1 } f()',
    'async function f() { const d = Promise.withResolvers(); setTimeout(() => d.resolve(2), 1); return (await d.promise) + 1 } await f()',
  ],
  [
    'class Latch { constructor() { this.p = new Promise(done => { this.open = done }) } wait() { return this.p } } const l = new Latch(); setTimeout(() => l.open(4), 1); l.wait()',
    'class Latch { constructor() { this.p = new Promise(done => { this.open = done }) } wait() { return this.p } } const l = new Latch(); setTimeout(() => l.open(4), 1); await l.wait()',
  ],
  [
    'const lock = (() => { let tail = Promise.resolve(); return f => { const r = tail.then(f); tail = r.catch(() => {}); return r } })(); [lock(() => later(1)), lock(() => 2)]',
    'const lock = (() => { let tail = Promise.resolve(); return f => { const r = tail.then(f); tail = r.catch(() => {}); return r } })(); [await lock(() => later(1)), await lock(() => 2)]',
  ],
  [
    'async function save() { note("saved") } const p = save(); p.then(() => "done")',
    'async function save() { note("saved") } const p = save(); await p.then(() => "done")',
  ],
  ['JSON.stringify(later({ a: 1 }))', 'JSON.stringify(await later({ a: 1 }))'],
  ['[1, 2].includes(later(2))', '[1, 2].includes(await later(2))'],
  ['const list = () => [1, 2].map(later); Promise.all(list())', 'await Promise.all([1, 2].map(later))'],
  [
    'const list = () => [1, 2].map(x => later(x) + 1); Promise.all(list())',
    'const all = []; for (const x of [1, 2]) all.push((await later(x)) + 1); all',
  ],
  ['Promise.race(later([1, 2]))', 'await Promise.race(await later([1, 2]))'],
  [
    'const first = (p, q) => Promise.race([p, q]); first(new Promise(() => {}), new Promise(done => setTimeout(done, 1, 3)))',
    'const first = (p, q) => Promise.race([p, q]); await first(new Promise(() => {}), new Promise(done => setTimeout(done, 1, 3)))',
  ],
  [
    'const mk = () => { let go; const p = new Promise(done => { go = done }); return [p, go] }; const f = () => { const [p, go] = mk(); go(4); return p }; f()',
    'const mk = () => { let go; const p = new Promise(done => { go = done }); return [p, go] }; const f = () => { const [p, go] = mk(); go(4); return p }; await f()',
  ],
  ['(p => typeof p)(new Promise(() => {}))'],
  ['const l = [new Promise(() => {})]; l.length'],
  [
    'const p = new Promise(() => {}); const l = [p, ...[p]]; const [q] = l; [l.length, typeof q, typeof l[0]]',
  ],
  [`new Map([['a', new Promise(() => {})]]).size`],
  [`const m = new Map(); m.set('a', new Promise(() => {})); const p = m.get('a'); typeof p`],
  [
    'const l = []; for (const x of [1, 2, 3, 4, 5]) l.push(new Promise(() => {})); const p = l.at(0), q = l.pop(), r = l.shift(), s = l.find(() => true), t = l.findLast(() => true); [p, q, r, s, t].length',
  ],
  ['const p = new Promise(() => {}); const q = (0, p); const r = true ? p : 1; [typeof q, typeof r]'],
  ['const p = new Promise(() => {}); const o = { get p() { return p } }; typeof o.p'],
  [
    `class Mutex { #p = Promise.resolve(); run(f) { const r = this.#p.then(f); this.#p = r.catch(() => {}); return r } } const m = new Mutex(); const job = async x => { note('start ' + x); await Promise.resolve(); note('end ' + x); return x }; await Promise.all([1, 2, 3].map(x => m.run(() => job(x))))`,
  ],
  [
    `const waiting = []; const gate = { n: 1, enter() { if (this.n-- > 0) return Promise.resolve(); return new Promise(go => waiting.push(go)) }, leave() { this.n++; waiting.shift()?.() } }; const job = async i => { await gate.enter(); note('start ' + i); await Promise.resolve(); note('end ' + i); gate.leave() }; await Promise.all([1, 2, 3].map(job))`,
  ],
  [
    `const cache = new Map(); const load = async k => { note('load ' + k); await Promise.resolve(); return k }; const get = k => { if (!cache.has(k)) cache.set(k, (async () => load(k))()); return cache.get(k) }; await Promise.all([get(1), get(1)])`,
  ],
  [
    'const f = () => { const p = Promise.race([]).then(x => x); return [new Map([[1, p]]).get(1) === p, [p].at(0) === p, p === [p].find(() => true)] }; f()',
  ],
  [
    `const f = async () => { try { return Promise.reject(new Error('e')) } catch { return 'caught' } }; await f()`,
  ],
  [
    `const f = async () => { try { return later(1).then(() => { throw new Error('e') }) } catch { return 'caught' } }; await f()`,
  ],
  [
    'const f = () => { const x = later(1).then(v => v + 1); return x * 2 }; f()',
    'const f = async () => { const x = later(1).then(v => v + 1); return (await x) * 2 }; await f()',
  ],
  [
    'const f = () => { const x = later({ a: 1 }).then(v => v); return x.a }; f()',
    'const f = async () => { const x = later({ a: 1 }).then(v => v); return (await x).a }; await f()',
  ],
  [
    'const nap = x => new Promise(done => setTimeout(done, 1, x)); const f = () => [nap(1), { b: nap(2) }]; [f(), [nap(3)]]',
    'const nap = x => new Promise(done => setTimeout(done, 1, x)); [[await nap(1), { b: await nap(2) }], [await nap(3)]]',
  ],
  ...[
    '[p].includes(p)',
    '[p].indexOf(p)',
    '[p].lastIndexOf(p)',
    '[1].concat(p).length',
    '[1].with(0, p).length',
    'new Set([p]).has(p)',
    'new Set([p]).delete(p)',
    'new Set().add(p).has(p)',
    'new Map([[p, 2]]).get(p)',
    'new Map([[p, 2]]).has(p)',
    'new Map([[p, 2]]).delete(p)',
    'new Map().set(p, 2).size',
    'new WeakMap([[p, 2]]).get(p)',
    'new WeakSet([p]).has(p)',
    'Object.is(p, p)',
    'p === p',
    'p !== p',
    'p === null',
    'undefined !== p',
    '({ p }).p === p',
  ].flatMap((asked): Row[] => [
    [`const p = new Promise(() => {}); ${asked}`],
    [`const f = () => { const p = Promise.race([]).then(x => x); return ${asked} }; f()`],
    [`const f = async () => { const p = Promise.race([]).then(x => x); return ${asked} }; await f()`],
    [`class A { constructor() { const p = new Promise(() => {}); this.a = ${asked} } } new A().a`],
  ]),
  [
    'const f = () => [[1].includes(later(1).then(x => x)), new Set([1]).has((async () => 1)()), later(1).then(x => x) === 1]; f()',
    'const f = async () => [[1].includes(await later(1)), true, (await later(1)) === 1]; await f()',
  ],
  [
    'const f = () => { const run = new Set(); const p = later(1).finally(() => run.delete(p)); run.add(p); return p.then(() => run.size) }; f()',
    'const f = () => { const run = new Set(); const p = later(1).finally(() => run.delete(p)); run.add(p); return p.then(() => run.size) }; await f()',
  ],
  [
    'const f = () => { const m = new Map(); const p = later(1).then(x => { if (m.get(1) === p) m.delete(1); return x }); m.set(1, p); return p.then(() => m.size) }; f()',
    'const f = () => { const m = new Map(); const p = later(1).then(x => { if (m.get(1) === p) m.delete(1); return x }); m.set(1, p); return p.then(() => m.size) }; await f()',
  ],
  [
    'const limit = async (xs, n, f) => { const out = [], run = new Set(); for (const x of xs) { const p = f(x).then(v => { run.delete(p); out.push(v) }); run.add(p); if (run.size >= n) await Promise.race(run) } await Promise.all(run); return out }; limit([1, 2, 3], 2, async x => later(x))',
    'const limit = async (xs, n, f) => { const out = [], run = new Set(); for (const x of xs) { const p = f(x).then(v => { run.delete(p); out.push(v) }); run.add(p); if (run.size >= n) await Promise.race(run) } await Promise.all(run); return out }; await limit([1, 2, 3], 2, async x => await later(x))',
  ],
  ...['??=', '||='].map((operator): Row => {
    const run = `let p; const run = f => { p ${operator} Promise.resolve().then(() => { p = null; return f() }); return p }`;
    return [
      `${run}; Promise.all([run(() => later(1)), run(() => later(2))])`,
      `${run}; await Promise.all([run(() => later(1)), run(() => later(2))])`,
    ];
  }),
];
