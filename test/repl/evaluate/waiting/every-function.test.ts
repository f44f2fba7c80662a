import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { array, constantFrom, record, sample } from 'fast-check';
import { inspect, types } from 'node:util';
import { Shell } from '../../../../repl/shell.ts';
import { openSession, Post } from '../../../../src/index.ts';
import { createBlog } from '../../../support/blog.ts';
import type { TestDatabase } from '../../../support/databases.ts';
import { everyFunction } from './every-function.ts';

/** CALLS says how many calls of each function are tried; RANDOM_SEED=2 tries others. */
const { CALLS = '2', RANDOM_SEED = '1' } = process.env;
const callsOfEach = Number(CALLS);

/** What has to be loaded. */
const values = constantFrom(
  'User.query.count()',
  'Post.query.first().author.username',
  'User.query.first().posts.length',
  'User.query.filterBy({ id: 9 }).exists()',
  'titles()',
);

/** The same names where nothing has to be loaded. */
const plainNames = {
  User: {
    query: {
      count: () => 1,
      first: () => ({ posts: ['T'] }),
      filterBy: () => ({ exists: () => false }),
    },
  },
  Post: { query: { first: () => ({ author: { username: 'Corey' } }) } },
  titles: () => ['T'],
};

/** What may be given to a function; `X` has to be loaded. */
const given = constantFrom(
  'X',
  'X',
  '[X]',
  '{ a: X }',
  '[[1, X]]',
  '[X, X]',
  '{ length: X, 0: X }',
  'new Map([[1, X]])',
  'new Set([X])',
  '() => X',
  'x => X',
  '(a, b) => (a > b ? 1 : -1) * X',
  '(...all) => [all.length, X]',
  '() => [X]',
  'function () { return X }',
  'function* () { yield X }',
  'class { constructor() { this.x = X } }',
  '{ toString: () => X }',
  '{ valueOf() { return X } }',
  '{ [Symbol.toPrimitive]: () => X }',
  '{ toJSON: () => X }',
  '{ get a() { return X } }',
  '{ get length() { return X }, 0: 1 }',
  '{ *[Symbol.iterator]() { yield X } }',
  '{ [Symbol.iterator]: () => ({ i: 0, next() { return { value: X, done: this.i++ > 1 } } }) }',
  '(function* () { yield X })()',
  '{ size: 2, has: () => X, keys: () => [X].values() }',
  '{ then: done => done(X) }',
  'new Proxy({}, { get: (_, key) => (typeof key === "symbol" ? undefined : X) })',
  '{ get: () => X, configurable: true }',
  'new Proxy(function () {}, { apply: () => X, construct: () => ({ x: X }) })',
  '{ get value() { return X } }',
  '{ [Symbol.replace]: () => X, [Symbol.split]: () => X, [Symbol.match]: () => X, [Symbol.search]: () => X }',
  '1',
  '"b"',
  '"a"',
  '[2, 1]',
  '{ a: 1 }',
  '/b/g',
  'null',
  'new Map([[2, 1]])',
  'x => x',
  'new Set([2])',
);

/** Where the call is typed. */
const places = constantFrom(
  '(C)',
  '(() => { const v = C; return v })()',
  '(async () => await C)()',
  '[0].map(() => (C))[0]',
  'new (class { #p() { return C } q() { return this.#p() } })().q()',
  'Promise.all([(C)]).then(([v]) => v)',
  'new (class { constructor() { this.v = (C) } })().v',
);

const programs = record({
  given: array(
    given.map(code => (code.startsWith('{') ? `(${code})` : code)),
    { minLength: 1, maxLength: 3 },
  ),
  value: values,
  place: places,
});

let database: TestDatabase;
let shell: Shell;

beforeAll(async () => {
  database = await createBlog('sqlite');
  const session = await openSession({ url: database.url });
  session.add(new Post({ title: 'T', content: 'c', userId: 1 }));
  await session.commit();
  shell = new Shell({ session, console, load: name => import(name) });
  await shell.respond('titles = () => Post.query.all().map(post => post.title)');
});

afterAll(async () => {
  await shell.session.close();
  await database.drop();
});

it.each(everyFunction().map(({ name, call }, index) => [name, call, index] as const))(
  '%s gives what it gives in JavaScript, or says what it cannot wait for',
  async (_, call, index) => {
    const tried = sample(programs, { numRuns: callsOfEach, seed: Number(RANDOM_SEED) + index });
    const different: object[] = [];
    for (const one of tried) {
      const code = call(`(${one.given.join(', ')})`).replaceAll('X', () => one.value);
      const program = one.place.replace('C', () => code);
      const [seen, wanted] = [await type(program), await run(program)];
      const isRefused = /would have to be waited for|is not loaded/.test(seen.threw ?? '');
      const isSame = seen.threw === undefined ? seen.shown === wanted.shown : wanted.threw !== undefined;
      if (!isSame && !isRefused) different.push({ program, ...seen, wanted });
    }
    expect(different).toEqual([]);
  },
);

interface Observed {
  readonly shown?: string;
  readonly threw?: string;
}

async function type(line: string): Promise<Observed> {
  shell.session.em.clear();
  const answer = await shell.respond(line);
  if (answer.kind === 'error') return threw(answer.error);
  return { shown: shown('value' in answer ? answer.value : 'items' in answer ? answer.items : undefined) };
}

async function run(code: string): Promise<Observed> {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- running code is what this test is about
    const make = new Function(...Object.keys(plainNames), `return (${code})`);
    const value: unknown = Reflect.apply(make, undefined, Object.values(plainNames));
    return { shown: shown(types.isPromise(value) ? await value : value) };
  } catch (error) {
    return threw(error);
  }
}

function threw(error: unknown): Observed {
  return { threw: types.isNativeError(error) ? `${error.name}: ${error.message}` : 'something' };
}

/** How functions are written does not matter here, and an iterator has its items later. */
function shown(value: unknown): string {
  if (types.isNativeError(value)) return String(value);
  if (/Iterator|Generator/.test(Object.prototype.toString.call(value))) return 'an iterator';
  return inspect(value, { depth: 3 })
    .replaceAll(/\[(?:Async)?(?:Generator)?Function[^\]]*\]|\[class[^\]]*\]/g, 'f')
    .replaceAll(/timeStamp: [\d.]+/g, 'timeStamp')
    .replaceAll(/\s+/g, ' ');
}
