import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { Guard, isLocal } from '../../repl/guard.ts';
import { openSession, User } from '../../src/index.ts';
import { createDatabase, type TestDatabase } from '../support/databases.ts';
import { run } from '../support/program.ts';
import { openTerminal } from '../support/terminal.ts';

it.each([
  ['its URL', (clientUrl: string) => ({ clientUrl })],
  [
    'the options of its driver',
    (clientUrl: string) => ({ driverOptions: { host: new URL(clientUrl).hostname } }),
  ],
  ['a URL in those', (connectionString: string) => ({ driverOptions: { connectionString } })],
])('a replica that is not on this machine by %s is asked about, too', async (_, options) => {
  const database = await createDatabase('postgresql');
  const clientUrl = database.url;
  const replica = clientUrl.replace(/@(?:localhost|127\.0\.0\.1)/, '@2130706433');
  const guard = new Guard({ yes: false });
  const session = await openSession({
    config: { driver: PostgreSqlDriver, clientUrl, replicas: [options(replica)], entities: [User] },
    confirm: guard.confirm,
  });
  try {
    guard.watch(session.database);
    await session.createAll();
    await expect(session.em.getConnection('read').execute('delete from "user"')).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringContaining('on 2130706433'),
    });
  } finally {
    await session.close();
    await database.drop();
  }
});

describe('a database that is not on this machine', () => {
  let database: TestDatabase;
  let url: string;
  let name: string;

  beforeEach(async () => {
    database = await createDatabase('postgresql');
    // Another way to write 127.0.0.1, which nobody takes for this machine.
    url = database.url.replace(/@(?:localhost|127\.0\.0\.1)/, '@2130706433');
    name = new URL(url).pathname.slice(1);
  });

  afterEach(() => database.drop());

  it('names its host before every statement, and asks for its name before everything goes', async () => {
    const terminal = await openTerminal('--db', url);
    const prompt = `${new URL(url).host}> `;
    await terminal.shows(prompt);
    terminal.press('createAll()\r');
    await terminal.shows(`created post, user\r\n${prompt}`);
    terminal.press('dropAll()\r');
    await terminal.shows('Type');
    terminal.press('nonsense\r');
    await terminal.shows('Uncaught Refused: Nothing was done, as that is not the name of the database');
    terminal.press('dropAll()\r');
    await terminal.shows('to go on: ');
    terminal.press('\x03');
    await terminal.shows('Uncaught Refused');
    terminal.press('User.query.delete()\r');
    await terminal.shows(
      `This deletes every User in ${name} on ${new URL(url).host}. Type ${name} to go on: `,
    );
    terminal.press(`x\x7f${name}\r`);
    await terminal.shows(`0\r\n${prompt}`);
    terminal.press('dropAll()\r');
    await terminal.shows('to go on: ');
    terminal.press(`${name}\r`);
    await terminal.shows('dropped post, user');
    terminal.press('createAll()\r');
    await terminal.shows(`created post, user\r\n${prompt}`);
    // What was typed before the question does not answer it, but for Ctrl-C.
    terminal.press(`dropAll()\r${name}\r\x03`);
    await terminal.shows('Uncaught Refused');
    await terminal.shows(`${name} is not defined`);
    terminal.press('createAll()\r');
    await terminal.shows('nothing to create');
    await terminal.close();
  });

  it.each([
    'dropAll()',
    'User.query.delete()',
    "User.query.filterBy({}).update({ username: 'x' })",
    'em.nativeDelete(User, {})',
    "em.fork().execute('delete from post')",
    "em.execute('select 1; truncate post')",
    "em.createQueryBuilder(Post).update({ title: 'where' }).execute()",
    'orm.schema.drop()',
    "em.getKysely().deleteFrom('post').execute()",
    "em.getConnection().executeDump('delete from post')",
    'em.getConnection().getNativeClient().constructor.name',
  ])('refuses %s where nobody can be asked, and does it with --yes', async statement => {
    const refused = await run({ args: ['--db', url, '-e', `createAll()\n${statement}`] });
    expect(refused).toMatchObject({ code: 1, stdout: 'created post, user\n' });
    expect(refused.stderr).toMatch(
      /^Uncaught Refused: This .*\nConfirm it at a terminal, or pass --yes\.\n$/,
    );
    const allowed = await run({ args: ['--db', url, '--yes', '-e', `${statement}\ncommit()`] });
    expect(allowed).toMatchObject({ code: 0, stderr: '' });
  });

  it('lets a condition through', async () => {
    const { stdout } = await run({
      args: ['--db', url, '-e', 'createAll()\nUser.query.filterBy({ id: 1 }).delete()'],
    });
    expect(stdout).toBe('created post, user\n0\n');
  });
});

it.each([
  [undefined, true],
  ['localhost', true],
  ['localhost:5432', true],
  ['127.0.0.1:5432', true],
  ['[::1]:5432', true],
  ['/var/run/postgresql', true],
  ['db.localhost', true],
  ['db.example.com', false],
  ['db.example.com:5432', false],
  ['localhost.example.com', false],
  ['10.0.0.1', false],
  ['[fe80::1]:5432', false],
])('%s is on this machine: %s', (host, local) => {
  expect(isLocal(host)).toBe(local);
});
