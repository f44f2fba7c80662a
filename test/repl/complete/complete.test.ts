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
