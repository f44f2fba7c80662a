import { Console } from 'node:console';
import { globSync, readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { render } from '../../../repl/render/render.ts';
import { Shell } from '../../../repl/shell.ts';
import { parseTranscript } from '../../../repl/transcript/parse/parse-transcript.ts';
import { stepsOf } from '../../../repl/transcript/transcript.ts';
import { openSession, type Session } from '../../../src/index.ts';

let session: Session;
let shell: Shell;

async function open(): Promise<void> {
  session = await openSession({ url: 'sqlite::memory:' });
  const silent = new Console(new Writable({ write: (_chunk, _encoding, done) => done() }));
  shell = new Shell({ session, console: silent, load: name => import(name) });
}

async function shown(line: string): Promise<string> {
  return render(await shell.respond(line), { width: 100, color: false }) ?? '';
}

beforeAll(async () => {
  await open();
  for (const line of [
    "createAll(); user = new User({ username: 'Corey', email: 'c@demo.com', password: 'p' })",
    "post = new Post({ title: 'Blog 1', content: 'c', author: user }); add(user); commit()",
    "mixed = [1, 'a']; options = { deep: { list: [user] }, get trap() { throw 1 } }; empty = undefined",
    'function add1(n: number) { return n + 1 }',
    'async function later(n: number) { return add1(n) }',
  ])
    await shell.respond(line);
});

afterAll(() => session.close());

describe('.type', () => {
  it.each([
    ['1 + 1', 'number'],
    ["['a'].map(name => name.length)", 'number[]'],
    ['user', 'User'],
    ['User.query.first()', 'User | null'],
    ['User.query.filterBy({ id: 1 }).all().map(u => u.posts)', 'Collection<Post>[]'],
    ['user.posts[0].author', 'User | null'],
    ['get(Post, 1)', 'Post | null'],
    ['em.find(User, {})', 'User[]'],
    ['commit()', 'ChangeReport'],
    ['mixed', '(string | number)[]'],
    ['options.deep.list', 'User[]'],
    ['options.trap', 'any'],
    ['add1', '(n: number) => number'],
    ['add1(1)', 'number'],
    ['later(1)', 'number'],
    ['later(1).then(n => [n])', 'number[]'],
    ['[1, 2].map(n => later(n))', 'number[]'],
    ['{ a: 1 }', '{ a: number; }'],
    ['empty', 'any'],
    ['process.pid', 'any'],
    ["[user] // 'a comment'", 'User[]'],
  ])('%s is %s', async (expression, type) => {
    expect(await shown(`.type ${expression}`)).toBe(type);
  });

  it('runs nothing', async () => {
    await shown('ran = 0');
    expect(await shown('.type (() => { ran++; return [ran] })()')).toBe('any[]');
    expect(await shown('ran')).toBe('0');
  });

  it.each([
    ['', '.type takes an expression'],
    ['1 +', 'This is no expression'],
    ['User.query.fist()', "Property 'fist' does not exist on type 'Query<User>'. Did you mean 'first'?"],
  ])('of %s says what is wrong', async (expression, message) => {
    expect(await shown(`.type ${expression}`)).toContain(message);
  });
});

describe('.check on', () => {
  beforeAll(() => shown('.check on'));
  afterAll(() => shown('.check off'));

  it.each([
    ['user.usernam', 5, "Property 'usernam' does not exist on type 'User'"],
    ['ran = 1; user.usernam = ran', 14, "Property 'usernam'"],
    ["if (user) {\n  user.posts.push('x')\n}", 18, "Argument of type 'string' is not assignable"],
    ['User.query.filterBy({ usernam: 1 })', 22, "'usernam' does not exist in type 'User'"],
    ["User.query.filterBy({ posts: { titel: 'x' } })", 31, "'titel' does not exist"],
    [
      'User.query.filterBy({ posts: { title: 3 } })',
      20,
      "title: Type 'number' is not assignable to type 'string",
    ],
    ["new Post({ titel: 'x' })", 11, "'titel' does not exist in type 'Post'. Did you mean to write 'title'?"],
    ["User.query.orderBy({ nmae: 'asc' })", 21, "'nmae' does not exist in type 'User'"],
    ["User.query.populate('post')", 20, 'Argument of type \'"post"\' is not assignable'],
    ["add1('a')", 5, "Argument of type 'string' is not assignable to parameter of type 'number'"],
    ['add1(User.query.first())', 5, "Argument of type 'User' is not assignable"],
    ['comit()', 0, "Cannot find name 'comit'. Did you mean 'commit'?"],
    ["1 - 'a'", 4, 'right-hand side of an arithmetic operation'],
  ])('refuses %s at its column', async (line, column, message) => {
    const before = await shown('ran');
    const answer = await shown(line);
    expect(answer).toContain('Uncaught TypeMismatch: ');
    expect(answer).toContain(message);
    const [typed = '', mark] = answer.split('\n');
    // Of several lines, the number of the one is before it.
    const indent = typed.indexOf(line.split('\n').find(each => typed.endsWith(each)) ?? typed);
    expect(mark).toBe(`${' '.repeat(indent + column)}^`);
    expect(answer).toContain('Nothing ran. .check off runs lines as they are.');
    expect(await shown('ran')).toBe(before);
  });

  it.each([
    'User.query.first().username',
    "User.query.filterBy({ 'posts.title': 'x' })",
    "User.query.filter({ $or: [{ id: 1 }, { posts: { author: { username: { $like: 'a%' } } } }] }).all()",
    "User.query.orderBy({ posts: { title: 'asc' } }, { id: -1 })",
    "x = 5; x = 'a'; x.length",
    'user = User.query.first()',
    'post.author = User.query.first()',
    'user.posts = [...user.posts]',
    "post.datePosted = '2026-01-02'",
    "Post.query.filter({ datePosted: { $gt: '2020-01-01' } }).count()",
    "User.query.filterBy({ id: '1', username: ['a', /b/] }).all()",
    "em.find(User, { posts: { title: 'x' } }, { orderBy: { id: 'asc' } })",
    'session.sql',
    'fresh = {}; fresh.a = 1; fresh.a + 1',
    'Counter = class { constructor() { this.count = 1 } }; new Counter().count',
    'interface Point { x: number }',
    'const point: Point = { x: 1 }',
    "const { sep } = await import('node:path'); sep.length",
    "import { join } from 'node:path'; join('a', 'b')",
    'later(1).then(n => n + 1)',
    "globalThis.process.pid + Buffer.from('a').toString('hex').length",
    'function* ids() { for (const u of User.query) yield u.id }',
    'try { empty.x } catch (error) { error.message }',
    '[1, 2].values().map(n => n + 1).toArray()',
    'copyOfUser = user.toJSON(); copyOfUser.anything',
  ])('lets %s through', async line => {
    expect(await shown(line)).not.toContain('Uncaught');
  });

  it('takes nothing but on and off', async () => {
    expect(await shown('.check maybe')).toContain('.check takes on or off');
  });
});

it.each(globSync(['README.md', 'docs/*.md', 'test/transcripts/{basics,relations}*.repl.md']))(
  'refuses nothing that works in %s',
  async file => {
    await session.close();
    await open();
    const refused: string[] = [];
    for (const { step, block } of stepsOf(parseTranscript(file, readFileSync(file, 'utf8')))) {
      if (block.skip !== undefined || shell.read(step.typed).kind !== 'code') continue;
      shell.checksTypes = true;
      const answer = await shell.respond(step.typed);
      shell.checksTypes = false;
      const isRefused = answer.kind === 'error' && Object(answer.error).code === 'TypeMismatch';
      if (isRefused && (await shell.respond(step.typed)).kind !== 'error') refused.push(step.typed);
    }
    expect(refused).toEqual([]);
  },
);
