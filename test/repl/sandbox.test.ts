import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSession, User } from '../../src/index.ts';
import { createDatabase, dialects } from '../support/databases.ts';
import { run } from '../support/program.ts';
import { openTerminal } from '../support/terminal.ts';

const main = new URL('../../repl/main.ts', import.meta.url).pathname;

/** A database with one user, and how to ask it for all of them. */
async function withCorey(dialect: (typeof dialects)[number]) {
  const database = await createDatabase(dialect);
  const session = await openSession({ url: database.url });
  await session.createAll();
  session.add(new User({ username: 'Corey', email: 'c@demo.com', password: 'p' }));
  await session.commit();
  await session.close();
  const users = async () => {
    const after = await openSession({ url: database.url });
    const all = await after.query(User).all();
    await after.close();
    return all.map(({ username, password }) => `${username} ${password}`);
  };
  return { url: database.url, drop: () => database.drop(), users };
}

it.each(dialects)('marks what wrote, and leaves nothing and without a word on %s', async dialect => {
  const { url, users, drop } = await withCorey(dialect);
  const input = `
User.query.all()
add(new User({ username: 'Alex', email: 'a@demo.com', password: 'p' }))
User.query.count()
commit()
commit()
User.query.filterBy({ username: 'Corey' }).update({ password: 'x' })
rollback()
User.query.filterBy({ username: 'Alex' }).update({ password: 'x' })
commit()
em.execute("update post set title = 'x'")
em.execute("select 'update' as word")
for (const title of ['a', 'b']) { add(new Post({ title, content: title, userId: 1 })); commit() }
const gone = User.query.filterBy({ username: 'Nobody' }).delete()
commit()
dropAll()
createAll()
createAll()
add(new User({ username: 'Left', email: 'l@demo.com', password: 'p' }))
`;
  const { code, stdout, stderr } = await run({ args: ['--sandbox', '--db', url], input });
  expect(stdout.split('\n')).toEqual([
    "[ User('Corey', 'c@demo.com') ]",
    '2 (sandbox)',
    'committed 1 new (User) (sandbox)',
    'nothing to commit',
    '1 (sandbox)',
    'rolled back 1 changed (User)',
    '1 (sandbox)',
    'committed 1 changed (User) (sandbox)',
    '[] (sandbox)',
    "[ { word: 'update' } ]",
    '(sandbox)',
    '(sandbox)',
    'nothing to commit',
    'dropped post, user (sandbox)',
    'created post, user (sandbox)',
    'nothing to create',
    '',
  ]);
  expect([code, stderr]).toEqual([0, '']);
  expect(await users()).toEqual(['Corey p']);
  await drop();
});

it.each(dialects)('marks an error that something was written before on %s', async dialect => {
  const { url, users, drop } = await withCorey(dialect);
  const input = 'User.query.filterBy({ id: 1 }).update({ password: "x" }); throw new Error("no")';
  const { code, stderr } = await run({ args: ['--sandbox', '--db', url], input });
  expect([code, stderr]).toEqual([1, 'Uncaught Error: no\n    at stdin:1\n(sandbox)\n']);
  expect(await users()).toEqual(['Corey p']);
  await drop();
});

it.each(dialects)('leaves nothing when it is killed on %s', async dialect => {
  const { url, users, drop } = await withCorey(dialect);
  const child = spawn(process.execPath, [main, '--sandbox', '--db', url], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.write("User.query.filterBy({ id: 1 }).update({ password: 'x' }); commit()\n");
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(await users()).toEqual(['Corey p']);
  await drop();
});

it('says so at the prompt, and asks nothing at the end', async () => {
  const { url, users, drop } = await withCorey('sqlite');
  const terminal = await openTerminal('--sandbox', '--db', url);
  await terminal.shows('A sandbox: everything is undone when you leave, commits included.');
  await terminal.shows('sandbox> ');
  terminal.press("User.query.filterBy({ id: 1 }).update({ password: 'x' })\r");
  await terminal.shows('1 (sandbox)');
  terminal.press('.exit\r');
  expect(await terminal.exited).toBe(0);
  await terminal.close();
  expect(await users()).toEqual(['Corey p']);
  await drop();
});

it('is nothing to a session that is read-only', async () => {
  const { url, drop } = await withCorey('sqlite');
  const { stderr } = await run({
    args: ['--sandbox', '--read-only', '--db', url, '-e', 'User.query.filterBy({ id: 1 }).delete()'],
  });
  expect(stderr).toMatch(/^Uncaught ReadOnly: /);
  await drop();
});
