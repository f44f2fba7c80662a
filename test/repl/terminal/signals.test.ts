import { expect, it } from '@jest/globals';
import { openSession } from '../../../src/index.ts';
import { createDatabase } from '../../support/databases.ts';
import { openTerminal } from '../../support/terminal.ts';

const running = `select 1 from pg_stat_activity
  where datname = current_database() and state = 'active' and query like 'select pg_sleep%'`;

const lines = {
  'a statement': `em.execute('select pg_sleep(60)')`,
  'a timer': `setTimeout(() => em.execute('select pg_sleep(60)'), 0); 0`,
};

it.each([
  ['SIGTERM', 143, 'a statement'],
  ['SIGHUP', 129, 'a statement'],
  ['SIGTERM', 143, 'a timer'],
] as const)(
  '46: %s at the prompt ends with %i, and cancels what a server runs for %s',
  async (signal, code, who) => {
    const database = await createDatabase('postgresql');
    const other = await openSession({ url: database.url, entities: [] });
    const runs = async () => (await other.em.fork().execute<unknown[]>(running)).length;
    const terminal = await openTerminal('--db', database.url);
    await terminal.shows('> ');
    terminal.press(`${lines[who]}\r`);
    while ((await runs()) === 0) continue;
    terminal.signal(signal);
    expect(await terminal.exited).toBe(code);
    // The server ends it a moment later.
    while ((await runs()) > 0) continue;
    await terminal.close();
    await other.close();
    await database.drop();
  },
);

it.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s at the prompt leaves the terminal as it was', async (signal, code) => {
  const terminal = await openTerminal('--db', 'sqlite::memory:');
  await terminal.shows('> ');
  terminal.press('1 + 1\r');
  await terminal.shows('2\r\n> ');
  terminal.signal(signal);
  expect(await terminal.exited).toBe(code);
  expect(terminal.written().lastIndexOf('\x1B[?2004l')).toBeGreaterThan(
    terminal.written().lastIndexOf('\x1B[?2004h'),
  );
  await terminal.close();
});
