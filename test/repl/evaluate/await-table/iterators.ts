import type { Row } from './row.ts';

/** What an iterator that is typed does besides giving items: it may wait in each of its methods. */
const iterators: Readonly<Record<string, string>> = {
  'fails at once': `next() { throw new Error('next') }`,
  'fails after waiting': `next() { later(1); throw new Error('next') }`,
  'gives no object': `next() { return 5 }`,
  'gives null later': `next() { return later(null) }`,
  'has a done that throws': `next() { return { get done() { throw new Error('done') } } }`,
  'has a value that throws': `next() { later(1); return { done: false, get value() { throw new Error('value') } } }`,
  'says in other words that it is done': `i: 0, next() { return { done: this.i++ > 1 ? 'yes' : 0, value: later(this.i) } }`,
  'has a next to be asked for once': `get next() { note('next'); let i = 0; return () => ({ done: i++ > 1, value: later(i) }) }`,
  'ends by itself': `i: 0, next() { return { done: this.i++ > 1, value: this.i } }`,
};

/** How it may be closed. */
const closings: readonly string[] = [
  `return() { note('return ' + arguments.length); return {} }`,
  `return() { later(0); note('return'); return {} }`,
  `return() { note('return'); return 5 }`,
  `return() { note('return'); throw new Error('return') }`,
  `return() { later(0); throw new Error('return') }`,
  `get return() { throw new Error('no return') }`,
  `return: undefined`,
];

/** What walks it to its end. */
const walks: readonly string[] = [
  'for (const x of it) note(x)',
  '[...it]',
  'new Set(it).size',
  'Array.from(it, x => later(x))',
  '[...(function* () { yield* it })()]',
  'const [a, ...b] = it; [a, b]',
];

/** What walks only a part of it. */
const partialWalks: readonly string[] = [
  'for (const x of it) break',
  'for (const x of it) throw new Error("body")',
  '(() => { for (const x of it) return x })()',
  'out: for (const y of [1, 2]) for (const x of it) continue out',
  'const [a] = it; a',
  'Array.from(it, x => { throw new Error("callback") })',
  'Object.groupBy(it, x => { throw new Error("callback") })',
  'const g = (function* () { yield* it })(); [g.next(), g.return(3)]',
];

const helpers: readonly string[] = [
  'map(x => later(x)).toArray()',
  'forEach(x => later(x))',
  'reduce((a, b) => later(a + b), 0)',
  'take(1).toArray()',
  'some(x => later(true))',
  'find(x => { throw new Error("callback") })',
  'reduce(() => { throw new Error("callback") }, 0)',
  'flatMap(x => [later(x), x]).take(1).toArray()',
];

const endless = `next() { return { done: false, value: later(1) } }`;

const programs: readonly string[] = [
  ...Object.values(iterators).flatMap(next =>
    walks.map(walk => `const it = { [Symbol.iterator]: () => ({ ${next}, ${closings[0]} }) }; ${walk}`),
  ),
  ...closings.flatMap(closing =>
    partialWalks.map(walk => `const it = { [Symbol.iterator]: () => ({ ${endless}, ${closing} }) }; ${walk}`),
  ),
  ...helpers.flatMap(helper => [
    `class R extends Iterator { next() { throw new Error('next') } return() { note('return'); return {} } } new R().${helper}`,
    `class R extends Iterator { i = 0; next() { return { done: this.i++ > 1, value: later(this.i) } } return() { note('return'); return {} } } new R().${helper}`,
  ]),
  `const r = { value: later(1), done: false, more: 2 }; const it = { [Symbol.iterator]: () => ({ next: () => r }) }; (function* () { yield* it })().next() === r`,
  `for (const x of { [Symbol.iterator]: () => 5 });`,
  `for (const x of { [Symbol.iterator]: () => ({ next() { return { value: later(1) } }, return: 5 }) }) break`,
];

export const iteratorRows: readonly Row[] = programs.map((program): Row => [
  program,
  program.replaceAll('later(', 'soon('),
]);
