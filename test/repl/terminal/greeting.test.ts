import { inspect, stripVTControlCharacters } from 'node:util';
import { expect, it } from '@jest/globals';
import { openSession } from '../../../src/index.ts';
import { greeting } from '../../../repl/terminal/greeting.ts';
import { Shell } from '../../../repl/shell.ts';
import { openTerminal } from '../../support/terminal.ts';

it.each([80, 40])('the greeting fits a screen of %s columns, whatever is open', async width => {
  const session = await openSession({ url: 'sqlite::memory:', sandbox: true });
  const shell = new Shell({ session, console, load: name => import(name) });
  for (const project of [undefined, 'a-project-whose-name-is-long'])
    for (const color of [false, true]) {
      const lines = stripVTControlCharacters(greeting(shell, { width, color }, project)).split('\n');
      expect(lines.filter(line => line.length > width)).toEqual([]);
      expect(lines.join(' ')).toContain('help() for help, Ctrl-D to leave.');
    }
  await session.close();
});

it('warns of a password on the command line, and shows it nowhere', async () => {
  const terminal = await openTerminal('--db', 'postgresql://me:hunter2@127.0.0.1:1/blog');
  const screen = await terminal.shows('Nothing answers on 127.0.0.1:1');
  expect(screen).toContain('The password in --db can be read by others on this machine');
  expect(screen).not.toContain('hunter2');
  await terminal.close();
});

it('shows what a terminal would obey in the name of a project or of a database', async () => {
  const red = '\u001B[31mred';
  const session = await openSession({ url: `sqlite:${red}.db` });
  const shell = new Shell({ session, console, load: name => import(name) });
  const shown = [greeting(shell, { width: 200, color: true }, red), inspect(session), inspect(session.orm)];
  for (const text of shown) {
    expect(text).toContain(String.raw`\x1B[31mred`);
    expect(text).not.toContain(red);
  }
  await session.close();
});
