import { expect, it } from '@jest/globals';
import { openProgram } from '../../support/terminal.ts';

const at = (path: string) => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href);

const program = `
  import { openSession } from ${at('src/index.ts')};
  import { interact } from ${at('repl/terminal/prompt.ts')};
  import { Watchdog } from ${at('repl/terminal/watchdog.ts')};
  import { Shell } from ${at('repl/shell.ts')};
  const session = await openSession({ url: 'sqlite::memory:' });
  const watchdog = new Watchdog();
  const shell = new Shell({ session, console, load: name => import(name), stop: watchdog.stop });
  const screen = { style: { width: 80, color: false }, write: text => console.log(text) };
  process.exit(await interact(shell, watchdog, { screen, prompt: '> ', idleTransactionMs: 300 }));
`;

it('mentions a transaction that stays open', async () => {
  const terminal = await openProgram(process.execPath, ['--input-type=module', '-e', program]);
  await terminal.shows('> ');
  terminal.press('createAll()\r');
  await terminal.shows('created post, user');
  terminal.press("add(new User({ username: 'a', email: 'a', password: 'p' })); flush(); 1 + 1\r");
  await terminal.shows('A transaction has been open for');
  terminal.press('rollback()\r');
  await terminal.shows('rolled back 1 new (User)');
  terminal.press('\x04');
  expect(await terminal.exited).toBe(0);
  await terminal.close();
});
