import { afterEach, describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openProgram, openTerminal, type Terminal } from '../../support/terminal.ts';

const main = new URL('../../../repl/main.ts', import.meta.url).pathname;

describe('a lesson at a terminal', () => {
  const terminals: Terminal[] = [];

  // The one whose home it is comes last.
  afterEach(async () => {
    for (const each of terminals.splice(0).toReversed()) await each.close();
  });

  it('has the next line ready, goes on after kill -9, and keeps progress after process.exit()', async () => {
    const terminal = await openTerminal('learn', '1', '--lang', 'en');
    terminals.push(terminal);
    await terminal.shows('> db.createAll()');
    terminal.press('.hint\r');
    await terminal.shows('Enter runs the line at the prompt.');
    await terminal.shows('> db.createAll()');
    terminal.press('\r');
    await terminal.shows('> user_1 = new User(');
    terminal.press('\r');
    await terminal.shows('How many rows has the table of users now?');
    await terminal.shows('> ');
    terminal.press('2\r');
    await terminal.shows('> User.query.all()');
    await terminal.kill();
    const { home } = terminal;
    const folder = join(home, 'state', 'mikroscope', 'lessons');
    expect(await readdir(folder)).toEqual(['1-first-session.repl.json']);
    const env = { XDG_STATE_HOME: join(home, 'state'), NO_COLOR: '1' };
    const resumed = await openProgram(process.execPath, [main, 'learn', '1', '--lang', 'de'], home, { env });
    terminals.push(resumed);
    await resumed.shows('Going on at #none.');
    await resumed.shows('Sehen Sie selbst nach.');
    await resumed.shows('> User.query.all()');
    resumed.press('\r');
    await resumed.shows('Vormerken und schreiben');
    await resumed.shows('> ');
    resumed.press("console.log('st' + 'arted'); for (;;);\r");
    await resumed.shows('started');
    resumed.press('\x03');
    await resumed.shows('Interrupted');
    await resumed.shows('> ');
    resumed.press('em.persist(user_1)\r');
    await resumed.shows('✓');
    await resumed.shows('user_2');
    await resumed.shows('> ');
    resumed.press('process.exit()\r');
    await resumed.shows('Your progress is kept: mikroscope learn 1 goes on.');
    expect(await resumed.exited).toBe(0);
    const progress = await readFile(join(folder, '1-first-session.repl.json'), 'utf8');
    expect(JSON.parse(progress)).toMatchObject({ at: 'commit', done: { stage: ['em.persist(user_1)'] } });
  });
});
