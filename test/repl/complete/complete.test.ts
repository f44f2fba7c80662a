import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { complete } from '../../../repl/complete/complete.ts';
import { readCursor } from '../../../repl/complete/cursor.ts';
import { Shell } from '../../../repl/shell.ts';
import { openSession } from '../../../src/index.ts';

let shell: Shell;
let ran: string[];

beforeAll(async () => {
  const session = await openSession({ url: 'sqlite::memory:' });
  ran = [];
  const note = (what: string) => ran.push(what);
  shell = new Shell({ session, console, provided: { note }, load: name => import(name) });
  for (const line of [
    'class Base { inherited() {} }; class Own extends Base { method() {} get lazy() { note("a getter"); return { deep: 1 } } }',
    'own = new Own(); own.field = { inner: { deep: 1 } }; own["not a name"] = 1; own.__hidden = 1',
    'tricky = new Proxy({}, { get() { note("get") }, ownKeys() { note("ownKeys"); return [] }, getOwnPropertyDescriptor() { note("descriptor") }, getPrototypeOf() { note("prototype"); return null } })',
    'below = Object.create(tricky); below.near = 1',
    'r = Proxy.revocable({}, {}); r.revoke()',
    'ünï = 1',
  ])
    if ((await shell.respond(line)).kind === 'error') throw new Error(line);
});

afterAll(() => shell.session.close());

describe('what is being typed', () => {
  it.each([
    ['', { kind: 'name', typed: '' }],
    ['crea', { kind: 'name', typed: 'crea' }],
    ['add(us', { kind: 'name', typed: 'us' }],
    ['x = [...us', { kind: 'name', typed: 'us' }],
    ['user.na', { kind: 'member', path: ['user'], typed: 'na' }],
    ['user.', { kind: 'member', path: ['user'], typed: '' }],
    ['if (user?.posts.le', { kind: 'member', path: ['user', 'posts'], typed: 'le' }],
    ['user.default.in', { kind: 'member', path: ['user', 'default'], typed: 'in' }],
    ['`${user.na', { kind: 'member', path: ['user'], typed: 'na' }],
    ['.he', { kind: 'command', typed: 'he' }],
    ['.', { kind: 'command', typed: '' }],
    ['f().na', undefined],
    ['list[0].na', undefined],
    ["'text'.na", undefined],
    ["'user.na", undefined],
    ['`user.na', undefined],
    ['1 // user.na', undefined],
    ['/* user.na', undefined],
    ['/user.na', undefined],
  ])('%j', (line, cursor) => {
    expect(readCursor(line)).toEqual(cursor);
  });
});

describe('completion', () => {
  it.each<[line: string, candidates: string[]]>([
    ['creat', ['createAll']],
    ['add(ow', ['own']],
    ['.s', ['sql']],
    ['.e', ['exit']],
    ['.q', ['quit']],
    ['own.i', ['inherited']],
    ['own.field.in', ['inner']],
    ['own.field.inner.', ['deep']],
    ['own.', ['field', 'lazy', 'method', 'inherited']],
    ['User.qu', ['query']],
    ['User.query.filterB', ['filterBy']],
    ['db.session.comm', ['commit', 'committedWrites']],
    ['console.lo', ['log']],
    ['Math.cbr', ['cbrt']],
    ['nobody.x', []],
    ['undefined.x', []],
  ])('%j', (line, candidates) => {
    expect(complete(line, shell)[0]).toEqual(candidates);
  });

  it('says what it replaces', () => {
    expect(complete('add(us', shell)[1]).toBe('us');
    expect(complete('user.na', shell)[1]).toBe('na');
    expect(complete('.he', shell)[1]).toBe('he');
  });

  it('lists the names of the prompt where nothing is typed', () => {
    expect(complete('', shell)[0]).toEqual(expect.arrayContaining(['own', 'commit', 'User', 'session']));
  });

  it('runs nothing: no getter, no proxy, also not one that is revoked', () => {
    expect(complete('own.lazy.d', shell)[0]).toEqual([]);
    expect(complete('tricky.', shell)[0]).toEqual([]);
    expect(complete('tricky.a.', shell)[0]).toEqual([]);
    expect(complete('below.', shell)[0]).toEqual(['near']);
    expect(complete('r.proxy.', shell)[0]).toEqual([]);
    expect(complete('r.proxy.a.', shell)[0]).toEqual([]);
    expect(ran).toEqual([]);
  });
});
