import { describe, expect, it } from '@jest/globals';
import { mkdtempDisposable, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteDriver } from '@mikro-orm/sqlite';
import { openSession, User } from '../../../src/index.ts';
import { History } from '../../../repl/terminal/history.ts';

const folder = () => mkdtempDisposable(join(tmpdir(), 'mikroscope-'));
const unexpected = (error: unknown) => {
  throw error;
};

describe('the history', () => {
  it.each([
    "u = new User({ username: 'Corey', password: 'S3cr3t' })",
    `em.execute("alter role x password 'S3cr3t'")`,
    `em.execute("create user x identified by 'S3cr3t'")`,
    "fetch(url, { headers: { Authorization: 'Bearer abc' } })",
    'fetch(url, { headers: { [name]: `Bearer abcdefghijkl` } })',
    "setPassword(user, 'S3cr3t')",
    'user.passwordHash = make()',
    "process.env['API_KEY'] = key",
    "connect('postgresql://me:S3cr3t@host/blog')",
    "connect('postgresql://host/blog?password=S3cr3t')",
    "client = new Stripe('sk_live_0123456789abcdefghij')",
    "new Octokit({ auth: 'ghp_0123456789abcdefghijABCDEFGHIJ012345' })",
    "jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc'",
    'key = `-----BEGIN RSA PRIVATE KEY-----\nMIIE`',
  ])('does not keep %s', async statement => {
    await using dir = await folder();
    const path = join(dir.path, 'history');
    new History(path, unexpected).add(statement);
    expect(await new History(path, unexpected).load()).toEqual([]);
  });

  it('does not keep the password of the open database, whatever it is given to', async () => {
    await using dir = await folder();
    const path = join(dir.path, 'history');
    const config = { driver: SqliteDriver, dbName: ':memory:', entities: [User], password: 'S3cr3tPW' };
    const session = await openSession({ config });
    new History(path, unexpected).add("x = 'S3cr3tPW'");
    await session.close();
    expect(await new History(path, unexpected).load()).toEqual([]);
  });

  it.each([
    "User.query.filterBy({ username: 'Corey' })",
    'user.password',
    'createAll()',
    "em.execute('select 1')",
    'tokens.map(each => each.length)',
    "url = 'https://host:8080/path'",
    'for (const one of all) {\n  one.title\n}',
  ])('keeps %s', async statement => {
    await using dir = await folder();
    const path = join(dir.path, 'history');
    new History(path, unexpected).add(statement);
    expect(await new History(path, unexpected).load()).toEqual([statement]);
  });

  it('makes its folder, for its owner alone', async () => {
    await using dir = await folder();
    const path = join(dir.path, 'state', 'mikroscope', 'history');
    expect(await new History(path, unexpected).load()).toEqual([]);
    expect((await stat(join(dir.path, 'state', 'mikroscope'))).mode & 0o777).toBe(0o700);
  });

  it('has what another shell adds, once, and folds what is there twice when it grows too long', async () => {
    await using dir = await folder();
    const path = join(dir.path, 'history');
    const [one, other] = [new History(path, unexpected), new History(path, unexpected)];
    expect([await one.load(), await other.load()]).toEqual([[], []]);
    one.add('1');
    one.add('2 +\n2');
    expect(other.takeNew()).toEqual(['1', '2 +\n2']);
    expect(other.takeNew()).toEqual([]);
    for (let i = 0; i < 2100; i++) other.add(String(i % 2050));
    const third = new History(path, unexpected);
    expect((await third.load()).length).toBe(2000);
    expect(third.takeNew()).toEqual([]);
    third.add('3.5');
    expect(one.takeNew().at(-1)).toBe('3.5');
    const kept = await new History(path, unexpected).load();
    expect([kept.length, new Set(kept).size]).toEqual([2000, 2000]);
  });

  it('does without where there can be no folder', async () => {
    const errors: unknown[] = [];
    const history = new History('/proc/.local/state/mikroscope/history', error => errors.push(error));
    expect(await history.load()).toEqual([]);
    history.add('6 * 7');
    expect(errors.length).toBeGreaterThan(0);
  });
});
