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
    'let open, p; p = new Promise(done => { open = done }); open(1); [await p, await p]',
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
];
