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
  ['Iterator.prototype.return = () => undefined', 'typeof Iterator.prototype.return', 'function'],
  ['Object.getPrototypeOf([].values()).return = () => undefined', 'typeof [].values().return', 'function'],
  ['Array.prototype.then = f => f(1)', 'typeof [].then', 'function'],
  ["Array.prototype[1] = 'one'", '[][1]', 'one'],
  ['process.emit = process.on = 1', 'process.emit', 1],
  ['Object.setPrototypeOf(Array.prototype, null)', 'typeof [].hasOwnProperty', 'function'],
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

/** Lines that do not use what is overwritten by name, with what is shown of their values. */
const lines: readonly (readonly [line: string, shown: string])[] = [
  ['1 + 1', '2'],
  ['User.query.count()', '1'],
  ['User.query.first().posts[0].title', "'B1'"],
  ['twice(4)', '8'],
  ['total(User.query.get(1))', '1'],
  ['const { a, ...rest } = { a: 1, b: 2 }; rest.b', '2'],
  ['new Point(1).x', '1'],
  ['`${one}`', "'1'"],
  ['user.email = `${user.email}x`; commit(); user.email.length > 1', 'true'],
  ['gen().next().value', '1'],
  ['(async () => User.query.count())()', '1'],
  ['try { missing } catch (error) { name = error.name }; name', "'ReferenceError'"],
  ['new Post({ title: "T", content: "c" }).title', "'T'"],
  ['"a" in { a: 1 }', 'true'],
  ['[1, 2].map(n => n + 1).length', '2'],
  ['[3, 1].toSorted((a, b) => a - b)[0]', '1'],
  ['Array.from([2], n => n)[0]', '2'],
];

/** Lines that may overwrite something themselves, before. */
const together: readonly (readonly [line: string, shown: string])[] = [
  ['class C { m() { return 1 } static n({ a }) { return a } }; new C().m() + C.n({ a: 2 })', '3'],
  ['({ m({ a }) { return a } }).m({ a: 7 })', '7'],
  ['eval("const b = 1; b + 1")', '2'],
  ['(({ a }, b = 2) => a + b)({ a: 1 })', '3'],
];

/** What JavaScript's own syntax needs for some of the lines, what they call, and what the setters of an entity need. */
const needed: readonly string[] = [
  'globalThis.Array',
  'Array["from"]',
  'Array.prototype["map"]',
  'Array.prototype["toSorted"]',
  'Array.prototype[Symbol.iterator]',
  'Iterator.prototype[Symbol.iterator]',
  'Map.prototype["get"]',
  'Set.prototype["has"]',
  'WeakMap.prototype["get"]',
  'WeakSet.prototype["has"]',
];

/** Overwrites one function after another, each in a session of its own. */
const generated = `
  const { openSession } = await import('./src/index.ts');
  const { Shell } = await import('./repl/shell.ts');
  const { inspect } = await import('node:util');
  const before = [
    'createAll(); add(new User({ username: "Corey", email: "c", password: "p" })); commit()',
    'add(new Post({ title: "B1", content: "c", userId: 1 })); commit(); em.clear(); user = User.query.first(); one = 1',
    'function twice(n) { return n * 2 }',
    'function total(user) { return user.posts.length }',
    'class Point { constructor(x) { this.x = x } }',
    'function* gen() { yield 1 }',
  ];
  const { lines, together, needed } = JSON.parse(process.argv[1]);
  const wrong = [];
  process.on('unhandledRejection', error => wrong.push(String(error)));
  const classes = ('Array Boolean Date Error Function Iterator JSON Map Math Number Object Promise Proxy Reflect RegExp Set ' +
    'String Symbol TypeError WeakMap WeakRef WeakSet').split(' ');
  const targets = ['globalThis.eval', 'globalThis.process', 'globalThis.queueMicrotask', 'globalThis.setImmediate'];
  for (const name of classes) {
    targets.push('globalThis.' + name);
    for (const [path, owner] of [[name, globalThis[name]], [name + '.prototype', globalThis[name].prototype]])
      for (const key of owner ? Reflect.ownKeys(owner) : []) {
        if (typeof Object.getOwnPropertyDescriptor(owner, key).value !== 'function') continue;
        targets.push(path + (typeof key === 'symbol' ? '[' + key.description + ']' : '[' + JSON.stringify(key) + ']'));
      }
  }
  let tried = 0;
  for (const target of targets) {
    if (needed.includes(target)) continue;
    const session = await openSession({ url: 'sqlite::memory:' });
    const shell = new Shell({ session, console, load: name => import(name) });
    for (const line of before) await shell.respond(line);
    const { kind } = await shell.respond(target + ' = null');
    const typed = [...lines, ...together.map(([line, shown]) => [target + ' = null; ' + line, shown])];
    for (const [line, shown] of kind === 'error' ? [] : typed) {
      if (line.includes('= null; eval') && target === 'globalThis.eval') continue;
      const answer = await shell.respond(line);
      const seen = answer.kind === 'error' ? String(answer.error) : inspect(answer.value);
      tried++;
      if (seen !== shown) wrong.push(target + ' = null, then ' + line + ': ' + seen);
    }
    await session.close();
  }
  console.log(JSON.stringify({ tried, wrong }));
`;

/** Runs a program in a process of its own. @returns what it prints */
async function run(code: string, argument: unknown): Promise<unknown> {
  const options = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code];
  const { stdout } = await promisify(execFile)(process.execPath, [...options, JSON.stringify(argument)]);
  return JSON.parse(stdout) as unknown;
}

describe('what typed code overwrites of JavaScript', () => {
  it('breaks nothing that the shell itself does, whatever it is', async () => {
    const found = (await run(generated, { lines, together, needed })) as { tried: number; wrong: string[] };
    expect(found.wrong).toEqual([]);
    expect(found.tried).toBeGreaterThan(5000);
  }, 120_000);

  it('holds while lines run, and the prompt goes on', async () => {
    const seen = await run(program, overwriting);
    expect(seen).toEqual(overwriting.map(([line, , value]) => [line, true, 2, value]));
  });
});
