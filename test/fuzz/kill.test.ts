import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTranscript } from '../../repl/transcript/parse/parse-transcript.ts';
import { openSession, Post, User } from '../../src/index.ts';
import { createDatabase, dialects } from '../support/databases.ts';
import { openTerminal } from '../support/terminal.ts';

/** KILLS says how many shells are killed, on all databases together. */
const kills = Math.ceil(Number(process.env['KILLS'] ?? 20) / dialects.length);

/** Two rows that belong together, in one transaction. */
const pair = `function pair(i) { const author = new User({ username: 'u' + i, email: 'e' + i, password: 'p' });
add(new Post({ title: 't' + i, content: 'x', author })); return commit() }`;
const COMMITS = 12;
const typed = ['createAll()', ...Array.from({ length: COMMITS }, (_, i) => `pair(${i})`)];

/** Kills a shell that commits after some of its answers. @returns what was typed, and what it left behind */
async function killed(url: string, answers: number) {
  const terminal = await openTerminal('--db', url, 'record', 'walk.repl.md');
  try {
    await terminal.shows('> ');
    terminal.press('createAll()\r');
    await terminal.shows('created post, user');
    terminal.press(`${pair.replace('\n', ' ')}\r`);
    for (const statement of typed.slice(1)) terminal.press(`${statement}\r`);
    for (let i = 0; i < answers; i++) await terminal.shows('committed 2 new (Post, User)');
    await terminal.kill();
    const read = (name: string) => readFileSync(join(terminal.home, name), 'utf8');
    return { history: read('state/mikroscope/history'), recording: read('walk.repl.md') };
  } finally {
    await terminal.close();
  }
}

describe.each(dialects)('kill -9 on %s', dialect => {
  it.each(Array.from({ length: kills }, (_, i) => 1 + ((i * 5) % (COMMITS - 1))))(
    'after %i answers leaves what was said to be committed, nothing half, and whole files',
    async answers => {
      const database = await createDatabase(dialect);
      const { history, recording } = await killed(database.url, answers);
      const session = await openSession({ url: database.url });
      const users = await session.query(User).orderBy('id').all();
      const posts = await session.query(Post).orderBy('id').all();
      expect(users.length).toBeGreaterThanOrEqual(answers);
      expect(users.map(({ username }) => username)).toEqual(users.map((_, i) => `u${i}`));
      expect(posts.map(({ title }) => title)).toEqual(users.map((_, i) => `t${i}`));
      await session.close();
      await database.drop();
      // What holds a password is not kept.
      const entries = history.split('\n').slice(0, -1);
      expect(entries.length).toBeGreaterThan(answers);
      expect(entries).toEqual(typed.slice(0, entries.length));
      const steps = parseTranscript('walk.repl.md', recording).blocks.flatMap(block => block.steps);
      const recorded = steps.map(({ typed: text }) => text).filter(text => !text.includes('function'));
      expect(recorded.length).toBeGreaterThanOrEqual(answers);
      expect(recorded).toEqual(typed.slice(0, recorded.length));
    },
  );
});
