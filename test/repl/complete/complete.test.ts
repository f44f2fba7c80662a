import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assert, constantFrom, nat, property } from 'fast-check';
import { complete, findCompletion } from '../../../repl/complete/complete.ts';
import { readProjectCommands } from '../../../repl/commands/project-commands.ts';
import { bindCommands } from '../../../repl/commands/prompt-names.ts';
import type { CompletionContext } from '../../../repl/complete/context.ts';
import { matchOf } from '../../../repl/complete/rank/match.ts';
import { Shell } from '../../../repl/shell.ts';
import { openSession } from '../../../src/index.ts';
import { members } from './cases/members.ts';
import { names } from './cases/names.ts';
import { objects } from './cases/objects.ts';
import { strings } from './cases/strings.ts';
import { written } from './cases/written.ts';

/** What has run of the user's. */
const ran: string[] = [];
let context: CompletionContext;
let shell: Shell;

beforeAll(async () => {
  const session = await openSession({ url: 'sqlite::memory:' });
  const note = (what: string) => void ran.push(what);
  shell = new Shell({ session, console, provided: { note }, load: name => import(name) });
  const traps = Object.getOwnPropertyNames(Reflect).map(name => `${name}() { note("${name}"); throw 1 }`);
  const handler = `{ ${traps.join(', ')} }`;
  for (const line of [
    'createAll()',
    'user = new User({ username: "a", email: "b", password: "c" })',
    'add(user)',
    'commit()',
    'user = get(User, 1)',
    'posts = user.posts',
    'post = new Post({ title: "x", content: "y", author: user })',
    'rows = [{ n: 1, label: "x" }]',
    'class Own { get lazy() { note("a getter"); return { deep: 1 } } static get query() { note("a static getter") } }',
    'own = new Own(); own.field = { inner: { deep: 1 } }; Object.defineProperty(own, "other", { get() { note("other"); throw 1 }, enumerable: true })',
    `tricky = new Proxy({}, ${handler}); callable = new Proxy(function () {}, ${handler}); list = new Proxy([], ${handler})`,
    'below = Object.create(tricky, { near: { value: 1 } }); holder = { tricky, callable, list }; items = [tricky, callable]',
    'r = Proxy.revocable({}, {}); r.revoke(); f = Proxy.revocable(function () {}, {}); f.revoke(); l = Proxy.revocable([], {}); l.revoke()',
    'Shown = class { [Symbol.toPrimitive]() { note("toPrimitive") } toString() { note("toString") } get then() { note("then") } }',
    'shown = new Shown(); generator = (function* () { note("generator"); yield 1 })()',
    `many = x => [${Array.from({ length: 200 }, (_, index) => `many(${index})`).join(', ')}, user]`,
    'fun = () => { note("called"); return user }; query2 = User.query; map = new Map([[1, own]]); promise = Promise.resolve(1)',
  ]) {
    const answer = await shell.respond(line);
    if (answer.kind === 'error') throw new Error(line, { cause: answer.error });
  }
  const { scope, commands } = shell;
  context = { scope, session, commands, list: () => [] };
  ran.length = 0;
});

afterAll(() => shell.session.close());

const at = (marked: string) => findCompletion(marked.replace('⇥', ''), marked.indexOf('⇥'), context);
const texts = (marked: string) => at(marked).candidates.map(({ text }) => text);

it('needs no database', async () => {
  const session = await openSession({ url: 'sqlite::memory:' });
  const closed = new Shell({ session, console, load: name => import(name) });
  await session.close();
  const text = 'User.query.filterBy({ posts: { author: { us';
  expect(complete(text, text.length, closed).candidates.map(each => each.text)).toEqual(['username']);
});

it('finds nothing where JavaScript does not work any more', () => {
  const { scope, session } = context;
  expect(complete('user.', 5, { scope, session } as CompletionContext).candidates.length).toBeGreaterThan(0);
  expect(complete('.', 1, { scope, session } as CompletionContext)).toEqual({
    from: 1,
    to: 1,
    candidates: [],
  });
});

describe('what a candidate replaces', () => {
  it.each([
    ['add(us⇥', 'us'],
    ['user.use⇥rna = 1', 'userna'],
    ['add(⇥user)', ''],
    ['.he⇥', 'he'],
    ['.help com⇥', 'com'],
    ["User.query.populate('posts.au⇥thor')", 'author'],
    ["Post.query.orderBy('-da⇥')", 'da'],
    ["Post.query.orderBy({ title: 'as⇥c' })", 'asc'],
    ["import('./src/u⇥')", 'u'],
    ["import('node:f⇥", 'node:f'],
    ['User.query.filterBy({ us⇥ername: 1 })', 'username'],
    ['a\nuser.us⇥\nb', 'us'],
  ])('%j', (marked, replaced) => {
    const { from, to } = at(marked);
    expect(marked.replace('⇥', '').slice(from, to)).toBe(replaced);
  });
});

it('completes what a command of the project takes and returns', () => {
  const run = () => undefined;
  const commands = readProjectCommands(
    [
      { name: 'newest', summary: '', type: '<T>(entity: EntityClass<T>) => T[]', run },
      { name: 'into', form: 'dotted', summary: '', argument: ['one', 'other'], run },
    ],
    'file',
  );
  shell.replaceProjectCommands(commands);
  Object.assign(shell.scope.bindings, bindCommands(commands, shell));
  const now = { ...context, commands: shell.commands };
  const textsOf = (text: string) => complete(text, text.length, now).candidates.map(each => each.text);
  expect(textsOf('newest(')[0]).toBe('Post');
  expect(textsOf('newest(User)[0].us')).toEqual(['username']);
  expect(textsOf('.into o')).toEqual(['one', 'other']);
});

describe('how a candidate matches', () => {
  it.each([
    ['filter', 'filter', 0],
    ['filterBy', 'filter', 1],
    ['User', 'us', 2],
    ['filterBy', 'fb', 3],
    ['datePosted', 'dPo', 3],
    ['findOneOrFail', 'fOF', 3],
    ['username', 'usr', 4],
    ["'small'", 'sm', 1],
    ["'small'", "'sm", 1],
    ['username', 'name', undefined],
    ['posts', 'o', undefined],
    ['a', 'ab', undefined],
  ])('%s for %s', (text, typed, match) => {
    expect(matchOf(text, typed)).toBe(match);
  });
});

describe('nothing runs', () => {
  const tricky = [
    'own',
    'tricky',
    'callable',
    'list',
    'below',
    'holder',
    'items',
    'r.proxy',
    'f.proxy',
    'l.proxy',
  ];
  const others = [
    'shown',
    'Shown',
    'generator',
    'fun',
    'Own',
    'query2',
    'map',
    'promise',
    'holder.tricky',
    'items[0]',
  ];
  const ends = [
    '.⇥',
    '.a⇥',
    '.lazy.⇥',
    '.a.b.⇥',
    '[0].⇥',
    '().⇥',
    '.map(x => x.⇥',
    '?.⇥',
    "['⇥",
    '.then(x => x.⇥',
    '.tricky.⇥',
    '.query.⇥',
    '.first().⇥',
  ];
  const around = [
    'new NAME().⇥',
    'new NAME({ ⇥',
    'const { ⇥ } = NAME',
    'for (const x of NAME) x.⇥',
    '[...NAME][0].⇥',
    'x = NAME; x.⇥',
    '`${NAME.⇥}`',
    'Object.keys(NAME).⇥',
    'NAME === ⇥',
    'NAME + 1.⇥',
    'get(User, NAME).⇥',
    'add(NAME, ⇥',
    'em.find(NAME, { ⇥',
    'User.query.filter({ username: NAME, ⇥',
    'NAME`x`.⇥',
    'class A extends NAME { b() { this.⇥ } }',
    'NAME.x = { ⇥',
    'merge(NAME).⇥',
  ];
  const lines = [...tricky, ...others].flatMap(name => [
    ...ends.map(end => name + end),
    ...around.map(line => line.replace('NAME', name)),
  ]);

  it(`of the user's, and no query, in ${lines.length} lines and in those of the tables`, () => {
    const sent: string[] = [];
    const stop = shell.session.sql.subscribe(entry => sent.push(entry.sql));
    const tables = [members, written, objects, strings, names].flat().map(([marked]) => marked);
    for (const line of [...lines, ...tables]) at(line);
    stop();
    expect(ran).toEqual([]);
    expect(sent).toEqual([]);
  });

  it('and what can be read without is offered', () => {
    expect(texts('own.⇥')).toEqual(['field', 'other', 'lazy']);
    expect(texts('own.lazy.d⇥')).toEqual([]);
    expect(texts('tricky.⇥')).toEqual([]);
    expect(texts('below.⇥')).toEqual(['near']);
    expect(texts('holder.⇥')).toEqual(['tricky', 'callable', 'list']);
    expect(texts('r.proxy.⇥')).toEqual([]);
    expect(texts('r.⇥')).toEqual(['proxy', 'revoke']);
    expect(texts('user.posts[0].ti⇥')).toEqual(['title']);
  });
});

describe('whatever the text is', () => {
  const cut =
    'const a = `x${User.query.filter({ a: [1, /b/], \'c\': { $in: ["d"] } }).map(({ e }) => e?.f)}`; if (a) { for (const x of y) { // z';
  it('completes at every position', () => {
    for (let end = 0; end <= cut.length; end++)
      for (let cursor = Math.max(0, end - 5); cursor <= end; cursor++) {
        const { from, to, candidates } = findCompletion(cut.slice(0, end), cursor, context);
        expect(from).toBeLessThanOrEqual(cursor);
        expect(to).toBeGreaterThanOrEqual(cursor);
        expect(Array.isArray(candidates)).toBe(true);
      }
  });

  it('is completed, whatever is cut out of it and put into it', () => {
    const tables = [members, written, objects, strings, names].flat().map(([marked]) => marked);
    const parts = constantFrom(
      ...Array.from('(){}[]`\'"/$.,;:?=!<>\\\n '),
      '${',
      '=>',
      '/*',
      '//',
      'class ',
      'for (',
      'ü',
      '😀',
      '\uD83D',
    );
    assert(
      property(constantFrom(...tables), nat(), nat(9), parts, (marked, place, length, part) => {
        const whole = marked.replace('⇥', '');
        const start = place % (whole.length + 1);
        const text = whole.slice(0, start) + part + whole.slice(start + length);
        for (const cursor of [start + part.length, text.length, place % (text.length + 1)]) {
          const { from, to } = findCompletion(text, cursor, context);
          if (from > cursor || to < cursor || to > text.length) throw new Error(`${from} ${to}`);
        }
      }),
      { numRuns: 1500 },
    );
    expect(ran).toEqual([]);
  });

  it.each([
    ['1 MB of statements', `${'x = user.posts.map(p => p.title);\n'.repeat(31_000)}user.us⇥`],
    ['1 MB in one line', `${'x = user.posts.map(p => p.title); '.repeat(31_000)}user.us⇥`],
    ['1 MB after the cursor', `user.us⇥\n${'x = user.posts.map(p => p.title);\n'.repeat(31_000)}`],
  ])('%s', (_, marked) => {
    expect(texts(marked)).toEqual(['username']);
  });

  it.each([
    ['brackets', `${'('.repeat(20_000)}user.⇥`],
    ['a chain', `user${'.posts[0].author'.repeat(5000)}.⇥`],
    ['a text', `'${'x'.repeat(1_000_000)}⇥`],
    ['a sum', `${'1 + '.repeat(50_000)}user.⇥`],
    ['objects', `${'{ a: '.repeat(20_000)}user.⇥`],
    ['arrows', `${'x => '.repeat(10_000)}user.⇥`],
    ['templates', `${'`${'.repeat(5000)}user.⇥`],
    ['itself', 'const a = b; const b = a; a.⇥'],
    ['a function of itself', 'const f = () => f(); f().⇥'],
    ['a function that calls itself often', 'many(1).⇥'],
    ['a class of itself', 'class A extends A { b() { this.⇥'],
    ['a parameter of itself', 'f = x => f(y => y.⇥'],
  ])('never ends in an error: %s', (_, marked) => {
    const start = performance.now();
    expect(at(marked).candidates.length).toBeGreaterThanOrEqual(0);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
