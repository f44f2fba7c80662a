import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSession } from '../../../src/index.ts';
import type { Answer } from '../../../repl/answer/answer.ts';
import { render } from '../../../repl/render/render.ts';
import { Shell } from '../../../repl/shell.ts';

let shell: Shell;
const { stackTraceLimit } = Error;

beforeEach(async () => {
  Error.stackTraceLimit = 200;
  shell = new Shell({
    session: await openSession({ url: 'sqlite::memory:' }),
    console,
    load: name => import(name),
  });
});

afterEach(async () => {
  Error.stackTraceLimit = stackTraceLimit;
  await shell.session.close();
});

async function shown(...lines: readonly string[]): Promise<string | undefined> {
  let last: Answer = { kind: 'nothing' };
  for (const line of lines) last = await shell.respond(line);
  return render(last, { width: 80, color: false });
}

const inG =
  "Uncaught TypeError: Cannot read properties of undefined (reading 'c')\n    at g, line 3: return a.c";

describe('an error at the prompt', () => {
  it.each<[what: string, lines: readonly string[], shown: string]>([
    [
      'of the only line has that line above it',
      ['null.x'],
      "Uncaught TypeError: Cannot read properties of null (reading 'x')",
    ],
    [
      'of a line among several names the line and marks the column',
      ['for (const n of [1]) {\n  n.a.b\n}'],
      "Uncaught TypeError: Cannot read properties of undefined (reading 'b')\n    at line 2: n.a.b\n                   ^",
    ],
    [
      'tells the errors that it gathers, and their causes',
      ["throw new AggregateError([new Error('a', { cause: 'c' }), new TypeError('b')], 'many')"],
      "Uncaught AggregateError: many\nOne of its errors: Error: a\nCaused by: 'c'\nOne of its errors: TypeError: b",
    ],
    [
      'of promises tells why each has failed',
      ["Promise.any([Promise.reject(new Error('x'))])"],
      'Uncaught AggregateError: All promises were rejected\nOne of its errors: Error: x',
    ],
    [
      'marks no column where there are two that it could be',
      ['[1].map(n => {\n  n.a.b + n.c.b\n})'],
      "Uncaught TypeError: Cannot read properties of undefined (reading 'b')\n    at line 2: n.a.b + n.c.b\n    at line 1: [1].map(n => {",
    ],
    [
      'marks a name that is not defined, and a method that there is not',
      ['{\n  1\n  f(nope)\n}'],
      'Uncaught ReferenceError: f is not defined\n    at line 3: f(nope)\n               ^',
    ],
    [
      'of a function that was typed before names the function',
      ['function g(o) {\n  const a = o.b\n  return a.c\n}', 'g({})'],
      `${inG}\n                           ^`,
    ],
    [
      'has the functions through which it came',
      [
        'function g(o) {\n  const a = o.b\n  return a.c\n}',
        'h = () => g({})',
        'class K { m() {\n return [1].map(() => h())\n} }',
        'new K().m()',
      ],
      `${inG}\n                           ^\n    at an earlier statement: h = () => g({})\n    at an earlier statement, line 2: return [1].map(() => h())\n    at K.m, line 2: return [1].map(() => h())`,
    ],
    [
      'in a function that waits, too',
      ['async function slow() {\n  await 1\n  throw new Error("no")\n}', 'await slow()'],
      'Uncaught Error: no\n    at slow, line 3: throw new Error("no")',
    ],
    [
      'in a generator, too',
      ['function* items() {\n  yield 1\n  throw new Error("no")\n}', '[...items()]'],
      'Uncaught Error: no\n    at items, line 3: throw new Error("no")',
    ],
    [
      'has the same frame once, however often it was called',
      ['function deep(n) { if (n === 0) throw new Error("no"); deep(n - 1) }', 'deep(9)'],
      'Uncaught Error: no\n    at deep: function deep(n) { if (n === 0) throw new Error("no"); deep(n - …',
    ],
    [
      'shows its causes',
      ['throw new Error("a", { cause: new TypeError("b", { cause: "c" }) })'],
      "Uncaught Error: a\nCaused by: TypeError: b\nCaused by: 'c'",
    ],
    [
      'leaves out a cause that its message has',
      ['throw new Error("a: b", { cause: new Error("b") })'],
      'Uncaught Error: a: b',
    ],
    [
      'has an end where a cause is its own',
      ['e = new Error("a"); e.cause = e; throw e'],
      'Uncaught Error: a',
    ],
    [
      'of syntax has the number of its line among several',
      ['f(1,\n  2 +* 3)'],
      '  2 |   2 +* 3)\n           ^\nUncaught SyntaxError: Unexpected token',
    ],
  ])('%s', async (_, lines, text) => {
    expect(await shown(...lines)).toBe(text);
  });

  it('in a paste of several statements names its line there', async () => {
    const answer = await shell.respond('// Two.\nnull.x', { file: undefined, line: 3 });
    expect(render(answer, { width: 80, color: false })).toBe(
      "Uncaught TypeError: Cannot read properties of null (reading 'x')\n    at line 4: null.x\n                    ^",
    );
    const refused = await shell.respond('add(User)', { file: undefined, line: 5 });
    expect(render(refused, { width: 80, color: false })).toMatch(/\n {4}at line 5: add\(User\)$/);
  });

  it('is cut around the column where the screen is narrow', async () => {
    const answer = await shell.respond(`{\n  [${'1, '.repeat(40)}nope.x, ${'2, '.repeat(40)}]\n}`);
    const lines = (render(answer, { width: 40, color: false }) ?? '').split('\n');
    expect(lines[1]?.length).toBeLessThan(40);
    expect(lines[1]?.slice(lines[2]?.indexOf('^'))).toMatch(/^nope\.x/);
  });

  it('marks the column of characters that are two columns wide', async () => {
    expect(await shown('{\n  "日本" + nope\n}')).toBe(
      'Uncaught ReferenceError: nope is not defined\n    at line 2: "日本" + nope\n                        ^',
    );
  });
});

it('console.trace() tells the frames of the own files alone', async () => {
  const printed: unknown[] = [];
  const { error } = console;
  console.error = (...args: unknown[]) => void printed.push(...args);
  try {
    await shell.respond("(() => console.trace('in %s', 'f'))()");
    await shell.respond('[1].forEach(() => console.trace())');
  } finally {
    console.error = error;
  }
  expect(printed).toEqual(['Trace: in f', 'Trace']);
});
