import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

/** What typed code may overwrite: the prompt goes on, and later lines see it. */
const overwriting: readonly (readonly [line: string, then: string, value: unknown])[] = [
  ['globalThis.eval = 1', 'globalThis.eval', 1],
  ['Array.prototype.map = 1', '[].map', 1],
  ['globalThis.Set = null', 'Set', null],
  ['Promise.prototype.then = null', 'Promise.prototype.then', null],
  ['Promise.race = Promise.withResolvers = null', 'Promise.race', null],
  ['delete globalThis.Promise', 'typeof Promise', 'undefined'],
  ['Object.defineProperty = Object.keys = JSON.stringify = 1', 'Object.keys', 1],
  ['Function.prototype.call = Function.prototype.apply = null', 'Function.prototype.call', null],
  ['Reflect.apply = Reflect.get = Reflect.construct = null', 'Reflect.apply', null],
  ['Object.prototype.then = 5', '({}).then', 5],
  ['Object.prototype.get = () => 1', '({}).get()', 1],
  ['Array.prototype[Symbol.iterator] = null', '[][Symbol.iterator]', null],
  ['String.prototype.split = RegExp.prototype.exec = null', '"".split', null],
  ['Map.prototype.get = WeakMap.prototype.get = WeakSet.prototype.has = null', 'Map.prototype.get', null],
  ['globalThis.Symbol = globalThis.Reflect = globalThis.Object = 1', 'Symbol', 1],
  ['globalThis.Date = 5', 'globalThis.Date', 5],
  ['globalThis.process = 1', 'globalThis.process', 1],
  ['Error.prototype.message = Error.captureStackTrace = 3', 'Error.captureStackTrace', 3],
  [
    'for (const key of Object.getOwnPropertyNames(Array.prototype)) try { Array.prototype[key] = null } catch {}',
    '[].push',
    null,
  ],
];

/** Types lines at a prompt of their own, in a process of its own, and looks at what JavaScript has between them. */
const program = `
  const { answer, createPrompt } = await import('./test/repl/evaluate/await-table/run.ts');
  const own = () => [eval, Array.prototype.map, Promise, Promise.prototype.then, Set, Date, Reflect.apply, process];
  const before = own();
  const seen = [];
  for (const [line, then] of JSON.parse(process.argv[1])) {
    const prompt = createPrompt({});
    await answer(prompt, line);
    const isBack = own().every((each, index) => each === before[index]);
    seen.push([line, isBack, await answer(prompt, '1 + 1'), await answer(prompt, then)]);
  }
  console.log(JSON.stringify(seen));
`;

describe('what typed code overwrites of JavaScript', () => {
  it('holds while lines run, and the prompt goes on', async () => {
    const lines = JSON.stringify(overwriting);
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
      '-e',
      program,
      lines,
    ]);
    expect(JSON.parse(stdout)).toEqual(overwriting.map(([line, , value]) => [line, true, 2, value]));
  });
});
