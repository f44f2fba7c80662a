import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { openProgram, type Terminal } from '../../support/terminal.ts';

const at = (path: string) => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href);

const idleTransactionMs = 300;
const flushed = "add(new User({ username: 'a', email: 'a', password: 'p' })); flush(); 1 + 1";

const program = `
  import { openSession } from ${at('src/index.ts')};
  import { interact } from ${at('repl/terminal/prompt.ts')};
  import { Watchdog } from ${at('repl/terminal/watchdog.ts')};
  import { Shell } from ${at('repl/shell.ts')};
  const session = await openSession({ url: 'sqlite::memory:' });
  const watchdog = new Watchdog();
  const shell = new Shell({ session, console, load: name => import(name), stop: watchdog.stop });
  const screen = { style: { width: 80, color: false }, write: text => console.log(text) };
  process.exit(await interact(shell, watchdog, { screen, prompt: '> ', idleTransactionMs: ${idleTransactionMs} }));
`;

let terminal: Terminal;

beforeEach(async () => {
  terminal = await openProgram(process.execPath, ['--input-type=module', '-e', program]);
  await terminal.shows('> ');
  terminal.press('createAll()\r');
  await terminal.shows('created post, user');
});

afterEach(() => terminal.close());

it('mentions a transaction that stays open, and nobody who waits for one in memory', async () => {
  terminal.press(`${flushed}\r`);
  await terminal.shows('A transaction has been open for 0 s: commit() or rollback() ends it.');
  terminal.press('rollback()\r');
  await terminal.shows('rolled back 1 new (User)');
  terminal.press('\x04');
  expect(await terminal.exited).toBe(0);
});

it('stays silent while a question is open, and reminds again after it', async () => {
  terminal.press(`${flushed}\r`);
  await terminal.shows('2\r\n> ');
  terminal.press('exit\r');
  await terminal.shows('Leave and lose it? [y/N] ');
  await setTimeout(2 * idleTransactionMs);
  terminal.press('n\r');
  const answered = await terminal.shows('> ');
  expect(answered).not.toContain('A transaction has been open');
  await terminal.shows('A transaction has been open');
  terminal.press('commit()\r');
  await terminal.shows('committed 1 new (User)');
});

it('keeps what is typed ahead until the question is answered', async () => {
  terminal.press(`${flushed}\rexit\rcommit()\r`);
  await terminal.shows('Leave and lose it? [y/N] ');
  terminal.press('n\r');
  expect(await terminal.shows('committed 1 new (User)')).toMatch(/^n\r\n/);
});
