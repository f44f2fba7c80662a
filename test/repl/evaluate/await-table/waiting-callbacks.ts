import type { Row } from './row.ts';

/** Calls of functions that call back, where `F` is the callback, and what it makes of the value `x` that it gets. */
const calls: readonly (readonly [call: string, result: string])[] = [
  ['[1, 2, 3].map(F)', 'x * 2'],
  ['[1, , 3].map(F)', 'x * 2'],
  ['[1, 2, 3].filter(F)', 'x !== 2'],
  ['[1, 2, 3].forEach(F)', 'x'],
  ['[1, 2, 3].find(F)', 'x === 2'],
  ['[1, 2, 3].findIndex(F)', 'x === 2'],
  ['[1, 2, 3].findLast(F)', 'x < 3'],
  ['[1, 2, 3].findLastIndex(F)', 'x < 3'],
  ['[1, 2, 3].some(F)', 'x === 2'],
  ['[1, 2, 3].every(F)', 'x < 2'],
  ['[1, 2].flatMap(F)', '[x, [x]]'],
  ['[1, 2, 3]?.map?.(F)', 'x + 1'],
  ['[1, 2, 3]["map"](F)', 'x + 1'],
  ['[[1], [2]].map(F)', 'x[0]'],
  ['Array.prototype.map.call([1, 2], F)', 'x + 1'],
  ['Reflect.apply(Array.prototype.filter, [1, 2], [F])', 'x > 1'],
  ['Array.from([1, 2], F)', 'x + 1'],
  ['Array.from({ length: 2 }, F)', 'String(x)'],
  ['Object.groupBy([1, 2, 3], F)', 'x % 2'],
  ['[...Map.groupBy([1, 2, 3], F)]', 'x % 2'],
  ['new Map([["a", 1], ["b", 2]]).forEach(F)', 'x'],
  ['new Set([1, 2]).forEach(F)', 'x'],
  ['"abcb".replace(/b/g, F)', 'x.toUpperCase()'],
  ['"abcb".replaceAll("b", F)', 'x.toUpperCase()'],
  ['[...[1, 2].values().map(F)]', 'x + 1'],
  ['[1, 2, 3].values().filter(F).toArray()', 'x > 1'],
  ['[1, 2].values().flatMap(F).toArray()', '[x, x]'],
  ['[1, 2].values().forEach(F)', 'x'],
  ['[1, 2].values().some(F)', 'x === 1'],
  ['[1, 2].values().every(F)', 'x === 1'],
  ['[1, 2].values().find(F)', 'x === 2'],
  ['new Int8Array([1, 2]).map(F)', 'x + 1'],
  ['new Int8Array([1, 2]).filter(F)', 'x > 1'],
  ['numbers.map(F)', 'x'],
  ['o.list.filter(F).map(F)', 'x'],
];

/** Functions of every kind that return `R`: what comes before the call, and what is handed over. */
const callbacks: readonly (readonly [before: string, callback: string])[] = [
  ['', 'x => R'],
  ['', '(x) => { const y = R; return y }'],
  ['', 'function (x) { return R }'],
  ['function f(x) { return R }; ', 'f'],
  ['const m = { f(x) { return R } }; ', 'm.f'],
  ['class C { static f(x) { return R } }; ', 'C.f'],
  ['const bound = (function (x) { return this.n + 0 === 1 ? R : 0 }).bind({ n: 1 }); ', 'bound'],
  ['const closure = (n => x => R)(0); ', 'closure'],
  ['', 'x => { try { return R } finally { note("finally") } }'],
  ['', '(...[x]) => R'],
  ['const other = x => R; ', '(...given) => other(...given)'],
];

/** The same for callbacks that get two values, `x` and `y`. */
const pairs: readonly (readonly [call: string, result: string])[] = [
  ['[3, 1, 2].sort(F)', 'x - y'],
  ['[3, 1, 2].toSorted(F)', 'y - x'],
  ['[3, undefined, 1, , 2].sort(F)', 'x - y'],
  ['["b", "a"].toSorted(F)', 'x < y ? -1 : 1'],
  ['new Int8Array([3, 1, 2]).sort(F)', 'x - y'],
  ['new Int8Array([3, 1, 2]).toSorted(F)', 'y - x'],
  ['[1, 2, 3].reduce(F)', 'x + y'],
  ['[1, 2, 3].reduce(F, 10)', 'x - y'],
  ['[1, 2, 3].reduceRight(F)', '`${x}${y}`'],
  ['[1, 2, 3].values().reduce(F)', 'x + y'],
  ['Array.from([5, 6], F)', 'x * y'],
  ['[5, 6].map(F)', 'x * y'],
];

const pairCallbacks: readonly (readonly [before: string, callback: string])[] = [
  ['', '(x, y) => R'],
  ['', 'function (x, y) { return R }'],
  ['function f(x, y) { return R }; ', 'f'],
  ['const m = { f: (x, y) => R }; ', 'm.f'],
  ['', '(x, y, ...rest) => { const z = R; return z }'],
];

/**
 * Every call with every callback. In plain JavaScript the callback has its value at once: `soon` is `later` that has been
 * waited for, so that the two are told apart by nothing but the waiting.
 */
export const waitingCallbackRows: readonly Row[] = [
  ...product(calls, callbacks),
  ...product(pairs, pairCallbacks),
];

function product(
  allCalls: readonly (readonly [string, string])[],
  all: readonly (readonly [string, string])[],
): Row[] {
  return allCalls.flatMap(([call, result]) =>
    all.map(([before, callback]): Row => {
      const write = (value: string) => {
        const given = `${value}(${result})`;
        return `${before.replace('R', given)}${call.replaceAll('F', () => callback.replace('R', () => given))}`;
      };
      return [write('later'), write('soon')];
    }),
  );
}
