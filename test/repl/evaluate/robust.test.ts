import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { compile } from '../../../repl/evaluate/compile.ts';
import { answer, createPrompt } from './await-table/run.ts';

const nothing = { has: () => false };

/** Texts that are nested as deeply as one likes. */
const nested: Readonly<Record<string, (depth: number) => string>> = {
  brackets: depth => '['.repeat(depth) + ']'.repeat(depth),
  'open brackets': depth => '['.repeat(depth),
  parentheses: depth => `${'('.repeat(depth)}1${')'.repeat(depth)}`,
  calls: depth => `f${'()'.repeat(depth)}`,
  members: depth => `a${'.b'.repeat(depth)}`,
  'arrow functions': depth => `${'() => '.repeat(depth)}1`,
  conditions: depth => `${'a ? b : '.repeat(depth)}c`,
  'else if': depth => `${'if (a) b; else '.repeat(depth)}c`,
  blocks: depth => '{'.repeat(depth) + '}'.repeat(depth),
  negations: depth => `${'!'.repeat(depth)}1`,
  and: depth => Array.from({ length: depth }).fill('a').join(' && '),
  templates: depth => `${'`${'.repeat(depth)}1${'}`'.repeat(depth)}`,
  classes: depth => `${'class A { x = '.repeat(depth)}1${'}'.repeat(depth)}`,
  patterns: depth => `let ${'['.repeat(depth)}a${']'.repeat(depth)} = b`,
  types: depth => `let x: ${'A<'.repeat(depth)}B${'>'.repeat(depth)}`,
  'typed brackets': depth => `let x: any = ${'['.repeat(depth)}${']'.repeat(depth)}`,
};

describe('a text that is nested', () => {
  it.each(Object.entries(nested))('in %s 20,000 deep is answered in one sentence', (_, write) => {
    const compiled = compile(write(20_000), nothing);
    expect(compiled).toMatchObject({ kind: 'invalid', error: { message: /nested too deeply: / } });
  });

  it.each(Object.entries(nested))('in %s 30 deep is read', (_, write) => {
    expect(compile(write(30), nothing).kind).toMatch(/^(?:compiled|incomplete)$/);
  });

  it('adds up 2,000 terms', async () => {
    const terms = Array.from({ length: 2000 }).fill('1').join(' + ');
    expect(await answer(createPrompt({}), terms)).toBe(2000);
  });

  it('calls a function that runs itself 10,000 deep', async () => {
    const prompt = createPrompt({});
    await answer(prompt, 'const sum = n => n === 0 ? 0 : n + sum(n - 1)');
    expect(await answer(prompt, 'sum(10_000)')).toBe(50_005_000);
  });
});

/** Functions that run themselves: what is typed first, and the call of one that is so many levels deep. */
const recursive: Readonly<
  Record<string, readonly [declared: string, call: (depth: number | string) => string]>
> = {
  'by name': ['function r(n) { return n && 1 + r(n - 1) }', n => `r(${n})`],
  'a method': ['const o = { m(n) { return n && 1 + this.m(n - 1) } }', n => `o.m(${n})`],
  'with many variables': [
    `function v(n) { ${Array.from({ length: 60 }, (_, at) => `let v${at} = n; `).join('')}return n && 1 + v(n - 1) }`,
    n => `v(${n})`,
  ],
  'async, awaited': ['async function a(n) { return n && 1 + await a(n - 1) }', n => `a(${n})`],
  'async, waited for': ['const a = async n => n && 1 + a(n - 1)', n => `a(${n})`],
  'async, returned': ['const a = async (n, all = 0) => n ? a(n - 1, all + 1) : all', n => `a(${n})`],
  'async, a method': ['const o = { async m(n) { return n && 1 + await this.m(n - 1) } }', n => `o.m(${n})`],
  'async, with then': ['async function a(n) { return n && a(n - 1).then(x => x + 1) }', n => `a(${n})`],
  'async, in Promise.all': [
    'async function a(n) { return n && (await Promise.all([a(n - 1)]))[0] + 1 }',
    n => `a(${n})`,
  ],
  'async, in Promise.all of a map': [
    'async function a(n) { return n && (await Promise.all([n - 1].map(a)))[0] + 1 }',
    n => `a(${n})`,
  ],
  'async and not in turn': [
    'async function a(n) { return n && 1 + await b(n - 1) } function b(n) { return n && 1 + a(n - 1) }',
    n => `a(${n})`,
  ],
  'async, in a class': [
    'const a = async n => n && 1 + await a(n - 1); class A { constructor(n) { this.x = a(n) } }',
    n => `new A(${n}).x`,
  ],
  'in map': ['const f = n => n && [n - 1].map(x => f(x))[0] + 1', n => `f(${n})`],
  'in flatMap': ['const f = n => n ? [1, ...[n - 1].flatMap(f)] : []', n => `f(${n}).length`],
  'in some, by name': ['const f = n => !n || [n - 1].some(f)', n => `f(${n}) && ${n}`],
  'in find, by name': ['const f = n => n && [n - 1].find(f) + 1 || n', n => `f(${n})`],
  'in reduce': ['const f = n => n && [n - 1].reduce((_, x) => f(x) + 1, 0)', n => `f(${n})`],
  'in sort': ['const f = n => (n && [n - 1, 0].sort(x => f(n - 1)), n)', n => `f(${n})`],
  'in Array.from': ['const f = n => n && Array.from([n - 1], f)[0] + 1', n => `f(${n})`],
  'in replace': ['const f = n => n && 1 + +"x".replace("x", () => f(n - 1))', n => `f(${n})`],
  "in a Map's forEach": ['const f = n => (n && new Map([[1, n - 1]]).forEach(x => f(x)), n)', n => `f(${n})`],
  "in an iterator's map": ['const f = n => n && [n - 1].values().map(f).toArray()[0] + 1', n => `f(${n})`],
  'with yield*': ['function* g(n) { if (n) yield* g(n - 1); yield n }', n => `[...g(${n})].length - 1`],
  'with yield*, asked': ['function* g(n) { return n && 1 + (yield* g(n - 1)) }', n => `g(${n}).next().value`],
  'with for of': [
    'function* g(n) { if (n) for (const x of g(n - 1)) yield x + 1; else yield 0 }',
    n => `g(${n}).next().value`,
  ],
  'with yield*, in a class': [
    'function* g(n) { if (n) yield* g(n - 1); yield n }; class A { x = [...g(N)].length - 1 }',
    n => `N = ${n}; new A().x`,
  ],
};

describe.each(Object.entries(recursive))('a function that runs itself %s', (_, [declared, call]) => {
  it('is as deep as one of plain JavaScript', async () => {
    const prompt = createPrompt({});
    await answer(prompt, `var N; ${declared}`);
    expect(await answer(prompt, call(3000))).toBe(3000);
  });

  it('for ever is an error, after which the prompt goes on', async () => {
    const prompt = createPrompt({});
    await answer(prompt, `var N; ${declared}`);
    await expect(answer(prompt, call(Infinity))).rejects.toThrow(
      new RangeError('Maximum call stack size exceeded'),
    );
    expect(await answer(prompt, call(3))).toBe(3);
  });
});

it('sees at each depth what a line has added to JavaScript', async () => {
  const prompt = createPrompt({});
  await answer(prompt, 'Array.prototype.tail = function () { return this[this.length - 1] }; 0');
  await answer(
    prompt,
    'const f = n => [n].tail() && f(n - 1); const a = async n => [n].tail() && a(n - 1); 0',
  );
  try {
    expect(await answer(prompt, '[f(1000), a(1000)]')).toEqual([0, 0]);
  } finally {
    await answer(prompt, 'delete Array.prototype.tail');
  }
});

describe('a statement of 10,000 lines', () => {
  const lines = Array.from({ length: 10_000 }, (_, index) => `  { id: ${index}, name: 'n${index}' },`);

  it.each([
    ['JavaScript', `const rows = [\n${lines.join('\n')}\n]; rows.length`],
    ['exports', `${lines.map((_, index) => `export const n${index} = ${index}`).join('\n')}\nn9999 + 1`],
    ['TypeScript', `const rows: object[] = [\n${lines.join('\n')}\n]; rows.length`],
  ])('of %s runs', async (_, text) => {
    expect(await answer(createPrompt({}), text)).toBe(10_000);
  });
});

/** V8's time for a function grows with the square of its variables. */
describe('the variables of a function do not become more with its statements', () => {
  it.each<[string, (count: number) => string]>([
    ['an enum', count => `enum E { ${Array.from({ length: count }, (_, at) => `M${at}`).join()} }`],
    ['assignments', count => `function f() { ${'o[o.a] = o.b + 1; '.repeat(count)} }`],
    ['updates', count => `function f() { ${'o[o.a].b++; '.repeat(count)} }`],
    ['calls, at the prompt', count => 'o.m(o.a?.b); '.repeat(count)],
  ])('%s', (_, write) => {
    const variables = (count: number) => {
      const compiled = compile(write(count), nothing);
      return new Set(inspect(compiled, { maxStringLength: Infinity }).match(/\b__t\d*\b/g)).size;
    };
    expect(variables(1)).toBeGreaterThan(0);
    expect(variables(400)).toBe(variables(2));
  });
});

describe('exports and imports', () => {
  it.each([
    [['export function f() { return 1 }', 'f()'], 1],
    [['export const a = 1, { b } = { b: 2 }', 'a + b'], 3],
    [['export class A { n = 1 }', 'new A().n'], 1],
    [['export default class B { n = 2 }', 'new B().n'], 2],
    [['export default function g() { return 3 }', 'g()'], 3],
    [['export default 4'], 4],
    [['export default { a: 5 }'], { a: 5 }],
    [['export default () => 1; 6'], 6],
    [['export default (1 + 2);'], 3],
    [['export default ({ a: 5 })'], { a: 5 }],
    [['#!/usr/bin/env node\nlet n: number = 1\nn + 1'], 2],
    [['let x = 7; export { x }', 'x'], 7],
    [['export async function h() { return 8 }', 'h()'], 8],
    [['export * from "node:path"; 9'], 9],
    [['export { sep } from "node:path"; 10'], 10],
    [['export const typed: number = 11', 'typed'], 11],
    [['const path = 1', 'import path from "node:path"', 'typeof path.sep'], 'string'],
    [['let sep = 1', 'import { sep } from "node:path"', 'typeof sep'], 'string'],
    [['import * as all from "node:path"', 'import all from "node:path"', 'typeof all.sep'], 'string'],
    [['import data from "data:application/json,{}" with { type: "json" }', 'data'], {}],
    [['(await import("data:application/json,{}", { with: { type: "json" } })).default'], {}],
  ])('%j', async (lines, value) => {
    const prompt = createPrompt({});
    let last: unknown;
    for (const line of lines) last = await answer(prompt, line);
    expect(last).toEqual(value);
  });
});

describe('what a class or a line may have', () => {
  it.each([
    [['class A { accessor x = 1 }', 'const a = new A(); a.x += 1; a.x'], 2],
    [['class A { static accessor y: number = 2 }', 'A.y'], 2],
    [
      [
        'class A { #x = 1; constructor(readonly id: number) {} static of(a) { return a?.#x } }',
        'A.of(new A(2))',
      ],
      1,
    ],
    [['const { a, ...rest } = "abc"; rest'], { 0: 'a', 1: 'b', 2: 'c' }],
    [['eval("1 + 1")'], 2],
    [['let n = 1', 'eval("n + 1")'], 2],
    [['let n = 1', 'eval("n = 5")', 'n'], 5],
    [['const f = (a, b) => eval("a + b")', 'f(1, 2)'], 3],
    [['function f(a) { return eval("a + 1") }', 'f(1)'], 2],
    [['class A { n = 1; m() { return (() => eval("this.n"))() } }', 'new A().m()'], 1],
    [['const wait = async x => x', 'eval("wait(1) + 1")'], 2],
    [['const wait = async x => x', 'function f() { return eval("wait(1) + 1") + 1 }', 'f()'], 3],
    [['eval(5)'], 5],
    [['eval("let k: number = 3; k")'], 3],
    [['(0, eval)("typeof undefinedName")'], 'undefined'],
    [['const f = (a: number): number => a + 1', 'f.toString()'], '(a: number): number => a + 1'],
    [['function f(a: number) { return a }', '`${f}`'], 'function f(a: number) { return a }'],
    [['class A { m(a: number) { return a } }', 'String(A)'], 'class A { m(a: number) { return a } }'],
    [['class A { static toString() { return "mine" } } class B extends A {}', '`${A} ${B}`'], 'mine mine'],
    [['const m = { f(x?: string) {} }', 'm.f + ""'], 'f(x?: string) {}'],
  ])('%j', async (lines, expected) => {
    const prompt = createPrompt({});
    const run = async () => {
      let last: unknown;
      for (const line of lines) last = await answer(prompt, line);
      return last;
    };
    expect(await run()).toEqual(expected);
  });
});

it('prints a class that extends another as one', async () => {
  const shown = await answer(createPrompt({}), 'class A {} class B extends A {} B');
  expect(inspect(shown)).toBe('[class B extends A]');
  expect(inspect(await answer(createPrompt({}), '(class {})'))).toBe('[class (anonymous)]');
});

describe('what is refused', () => {
  it.each([
    [
      'const o = { tag: String.raw }; o?.tag`x`',
      'Optional chaining cannot appear in the tag of tagged template',
    ],
    ['with (Math) { PI }', 'with cannot be used here: write the object before each name, as in Math.PI.'],
    ['eval("(")', 'Unexpected end of input'],
  ])('%s', async (line, message) => {
    await expect(answer(createPrompt({}), line)).rejects.toThrow(message);
  });
});

describe('a typed listener', () => {
  const events = [
    'import { EventEmitter } from "node:events"',
    'const heard = []; const listen = () => heard.push(1)',
  ];

  it.each([
    ['const e = new EventEmitter(); e.on("x", listen); e.off("x", listen); e.emit("x"); heard.length', 0],
    ['const e = new EventEmitter(); e.once("x", listen); e.emit("x"); e.emit("x"); heard.length', 1],
    ['const e = new EventEmitter(); e.on("x", listen); e.listeners("x")[0] === listen', true],
    [
      'import { Readable } from "node:stream"; const s = Readable.from([1]); s.on("data", listen); s.off("data", listen); s.on("data", async () => heard.push(2)); await new Promise(resolve => s.on("end", resolve)); heard.join()',
      '2',
    ],
    [
      'const t = new EventTarget(); t.addEventListener("x", listen); t.addEventListener("x", listen); t.dispatchEvent(new Event("x")); heard.length',
      1,
    ],
    [
      'const t = new EventTarget(); t.addEventListener("x", listen); t.removeEventListener("x", listen); t.dispatchEvent(new Event("x")); heard.length',
      0,
    ],
  ])('can be removed: %s', async (line, value) => {
    const prompt = createPrompt({});
    for (const each of events) await answer(prompt, each);
    expect(await answer(prompt, line)).toBe(value);
  });
});
