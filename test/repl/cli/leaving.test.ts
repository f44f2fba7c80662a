// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { createBlog } from '../../support/blog.ts';
import { dialects } from '../../support/databases.ts';
import { run } from '../../support/program.ts';
import { openTerminal } from '../../support/terminal.ts';

const alex = "new User({ username: 'Alex', email: 'a@demo.com', password: 'p' })";

const staged = [
  { typed: `add(${alex})`, lost: '1 new (User)' },
  { typed: `add(${alex}); flush()`, lost: '1 new (User)' },
  { typed: "User.query.one().username = 'C'", lost: '1 changed (User)' },
  { typed: "get(User, 1).username = 'C'; User.query.count()", lost: '1 changed (User)' },
  { typed: 'remove(User.query.one())', lost: '1 removed (User)' },
  { typed: "User.query.update({ username: 'C' })", lost: '1 changed (User)' },
  { typed: `session.nested(() => add(${alex}))`, lost: '1 new (User)' },
];

describe.each(dialects)('leaving on %s', dialect => {
  it.each(staged)('32: a script says on stderr that $lost is lost, and exits with 1: $typed', async one => {
    const database = await createBlog(dialect);
    try {
      const { code, stderr } = await run({ args: ['--db', database.url, '-e', `${one.typed}; 0`] });
      expect([code, stderr.split('\n')[0]]).toEqual([1, `Not committed, and lost: ${one.lost}`]);
    } finally {
      await database.drop();
    }
  });

  it('32: a script with nothing staged, and one that has rolled back, exit with 0', async () => {
    const database = await createBlog(dialect);
    try {
      for (const typed of ['User.query.one().username', `add(${alex}); flush(); rollback()`])
        expect(await run({ args: ['--db', database.url, '-e', typed] })).toMatchObject({
          code: 0,
          stderr: '',
        });
    } finally {
      await database.drop();
    }
  });

  it('32: at a terminal it asks, and loses it only then', async () => {
    const database = await createBlog(dialect);
    const terminal = await openTerminal('--db', database.url);
    try {
      await terminal.shows('> ');
      terminal.press(`add(${alex}); flush()\r`);
      await terminal.shows('flushed 1 new (User)');
      for (const [answer, shown] of [
        ['n', '> '],
        ['y', ''],
      ] as const) {
        terminal.press('\x04');
        await terminal.shows('Not committed: 1 new (User). Leave and lose it? [y/N] ');
        terminal.press(`${answer}\r`);
        await terminal.shows(shown);
      }
      expect(await terminal.exited).toBe(0);
    } finally {
      await terminal.close();
      await database.drop();
    }
  });
});
