import type { Row } from './row.ts';

/** What JavaScript makes of iterators that were typed: others with `Iterator.from`, and lists of numbers. */
export const madeOfIteratorsRows: readonly Row[] = [
  [
    `const it = () => { let i = 0; return { next() { return later({ value: ++i, done: i > 3 }) }, return() { note('return'); return later({}) } } }; Iterator.from(it()).toArray()`,
    '[1,2,3].map(x => 0); for (const x of [1,2,3,4]) await later({}); [1,2,3]',
  ],
  [
    'const it = () => { let i = 0; return { next() { later(i); return { value: ++i, done: i > 3 } } } }; Iterator.from(it()).map(x => later(x)).toArray()',
    'await later(0); await later(1); await later(1); await later(2); await later(2); await later(3); await later(3); [1,2,3]',
  ],
  [
    'const it = { [Symbol.iterator]() { let i = 0; return { next: () => ({ value: later(++i), done: i > 2 }) } } }; [...Iterator.from(it)]',
    'await later(1); await later(2); later(3); await 1; await 1; await 1; [1, 2]',
  ],
  [
    'const w = Iterator.from({ next: () => ({ value: later(1), done: false }) }); w.next()',
    '({ value: await later(1), done: false })',
  ],
  [
    'const w = Iterator.from({ next() { return { value: 1, done: true } } }); [w.next(), w.return(), Object.getPrototypeOf(Object.getPrototypeOf(w)) === Iterator.prototype, w instanceof Iterator, typeof w.map, String(w), Reflect.ownKeys(Object.getPrototypeOf(w)).map(String), w.constructor === Iterator]',
  ],
  ['const g = (function* () { yield 1 })(); Iterator.from(g) === g'],
  ['Iterator.from({ [Symbol.iterator]: () => 5 })'],
  ['Iterator.from(5)'],
  [`Iterator.from('ab').toArray()`],
  ['Iterator.from({ next: 5 }).next()'],
  [
    `const w = Iterator.from({ next() { note('n'); return { done: false, value: 1 } }, return() { note('r'); return {} } }); for (const x of w) break; w.take(1).toArray()`,
  ],
  [
    `const w = Iterator.from({ next() { note('n'); return { done: false, value: 1 } }, return() { note('r'); return {} } }); const [a, b] = w; [a, b]`,
  ],
  [
    `Iterator.from({ get next() { note('get next'); let i = 0; return () => ({ done: i++ > 1, value: i }) } }).toArray()`,
  ],
  [`Iterator.from({ [Symbol.iterator]() { note('iter'); return [1, 2].values() } }).toArray()`],
  [
    'class It extends Iterator { i = 0; next() { return { value: later(++this.i), done: this.i > 2 } } } new It().map(x => x * 2).toArray()',
    'await later(1); await later(2); await later(3); [2, 4]',
  ],
  ['new Float64Array({ *[Symbol.iterator]() { yield later(2); yield 3 } }).join()', 'await later(2); "2,3"'],
  ['(() => new Int8Array({ *[Symbol.iterator]() { yield later(2) } })[0])()', 'await later(2)'],
  ['Int16Array.from({ *[Symbol.iterator]() { yield later(2) } })[0]', 'await later(2)'],
  ['Int16Array.from({ *[Symbol.iterator]() { yield later(2) } }, x => x + 1)[0]', 'await later(2) + 1'],
  ['Int16Array.from([1, 2], x => later(x))', 'Int16Array.from([await later(1), await later(2)])'],
  ['new Int16Array(3)'],
  ['new Int16Array([1, 2, 3])'],
  ['new Int16Array(new Int16Array([1, 2]).buffer, 2)'],
  ['new Int16Array(new Set([1, 2]))'],
  ['Uint16Array.of(1, later(2))', 'Uint16Array.of(1, await later(2))'],
  ['new Int16Array([later(1)])', 'new Int16Array([await later(1)])'],
  [
    'const g = function* () { yield later(1) }; new Float32Array(g())',
    'const g = function* () { yield 1 }; await later(1); new Float32Array(g())',
  ],
  ['new Int16Array([1, 2]).map(x => later(x))', 'new Int16Array([await later(1), await later(2)])'],
  [
    'new Int16Array([3, 1]).sort((a, b) => later(a) - later(b))',
    'await later(3); await later(1); new Int16Array([1, 3])',
  ],
];
