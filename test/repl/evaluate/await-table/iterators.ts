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

/** Generators that delegate to one another, from the inside, and how the one outside is asked. */
const delegated = {
  inner: [
    'yield 1; yield later(2); return 3',
    `try { yield 1; yield 2 } finally { note('inner'); later(0) }`,
    `try { note(yield 1) } catch (e) { note('caught ' + e); yield 5 } return 6`,
    `try { yield 1 } finally { yield 'f'; return 7 }`,
    `yield later(1); throw new Error('inner')`,
    `throw new Error('at once')`,
    'return 1',
  ],
  middle: [
    'note(yield* inner())',
    `try { note(yield* inner()) } catch (e) { note('middle ' + e); yield 'm' }`,
    `try { yield* inner() } finally { note('middle'); yield* inner() }`,
    `const it = inner(); it.return = value => { note('own'); return { value, done: true } }; yield* it; yield* [4, 5]; return 9`,
    `const it = inner(); const { next } = it; it.next = function (x) { note('own next'); return next.call(it, x) }; return yield* it`,
  ],
  asked: [
    'note([...it])',
    `note(it.next()); note(it.next('x')); note(it.return(8)); note(it.next())`,
    `note(it.next()); note(it.return(8)); note(it.next()); note(it.next())`,
    `note(it.next()); try { note(it.throw(new Error('t'))) } catch (e) { note('' + e) } note(it.next()); note(it.next())`,
    'for (const x of it) { note(x); break } note(it.next())',
    'note(new (class { x = it.next(); y = it.next() })())',
  ],
};

const delegations = delegated.inner.flatMap(inner =>
  delegated.middle.flatMap(middle =>
    delegated.asked
      .filter(asked => !(asked.includes('class') && inner.includes('later')))
      .map(
        asked =>
          `function* inner() { ${inner} } function* middle() { ${middle} } function* outer() { note(yield* middle()); return 4 } const it = outer(); ${asked}`,
      ),
  ),
);

/** A generator that is asked while it runs, itself or through others. */
const askedAgain: readonly string[] = ['inner()', 'middle(inner())', 'middle(middle(inner()))'].map(
  made =>
    `let it; function* inner() { try { it.next() } catch (e) { note(e.message) } yield later(1) } function* middle(of) { yield* of; yield 3 } it = ${made}; note([...it])`,
);

const programs: readonly string[] = [
  ...delegations,
  ...askedAgain,
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

export const iteratorRows: readonly Row[] = [
  ...programs.map((program): Row => [program, program.replaceAll('later(', 'soon(')]),
  [
    'function* g() { yield later(1); yield 2 } const it = g(); Promise.all([it.next(), it.next()])',
    `await later(1); throw new TypeError('Generator is already running')`,
  ],
];
