import { describe, expect, it } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MikroscopeError, openSession, Post, User } from '../../../../src/index.ts';

type Session = Awaited<ReturnType<typeof openSession>>;

const named = (username: string) => new User({ username, email: `${username}@demo.com`, password: 'p' });

/** SQLite's locks are those of a process: two libraries in one would not see each other's. */
const program = (file: string, sql: readonly string[], then: string) =>
  `const db = new (require('node:sqlite').DatabaseSync)(${JSON.stringify(file)});
   for (const sql of ${JSON.stringify(sql)}) db.prepare(sql).all();
   ${then}`;

/** Runs SQL in another process. */
const elsewhere = (file: string, ...sql: readonly string[]) =>
  promisify(execFile)(process.execPath, ['-e', program(file, sql, 'db.close()')]);

/** Does so, and has that process stay. @returns what kills it */
async function beside(file: string, ...sql: readonly string[]): Promise<() => Promise<unknown>> {
  const stay = "console.log('ready'); setInterval(() => {}, 1e6)";
  const child = spawn(process.execPath, ['-e', program(file, sql, stay)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('The other process ended'))),
  ]);
  return () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    return ended;
  };
}

interface Fault {
  /** Breaks something. @returns what mends it */
  readonly happens: (file: string, session: Session) => Promise<unknown>;
  readonly states: readonly ('idle' | 'open')[];
  readonly says: string;
}

const gone = /^The file '[^']+' was moved or deleted since it was opened$/;
const both = ['idle', 'open'] as const;

const faults: Record<string, Fault> = {
  'another process writes': {
    happens: file => beside(file, 'begin exclusive'),
    states: ['idle'],
    says: 'Another program has locked the database',
  },
  'another process reads': {
    happens: file => beside(file, 'begin', 'select * from user'),
    states: both,
    says: 'Another program has locked the database',
  },
  'there is no more room': {
    async happens(_, session) {
      await session.em.execute('pragma max_page_count = 1');
      session.add(new Post({ title: 'large', content: 'x'.repeat(20_000), author: user(session) }));
      return () => session.em.execute('pragma max_page_count = 1000');
    },
    states: both,
    says: 'The database has no more room to write',
  },
  'its pages are overwritten': {
    async happens(file, session) {
      // What SQLite has in memory it does not read again.
      await session.em.execute('pragma cache_size = 0');
      const handle = await open(file, 'r+');
      const { size } = await handle.stat();
      const old = Buffer.alloc(size);
      await handle.read(old, 0, size, 0);
      await handle.write(Buffer.alloc(size - 4096, 'Z'), 0, size - 4096, 4096);
      return async () => {
        await handle.write(old, 0, size, 0);
        await handle.close();
      };
    },
    states: ['idle'],
    says: 'database disk image is malformed',
  },
  'its file is somewhere else': {
    async happens(file) {
      await rename(file, `${file}.moved`);
      return () => rename(`${file}.moved`, file);
    },
    states: both,
    says: gone.source,
  },
  'its folder is somewhere else': {
    async happens(file) {
      const folder = join(file, '..');
      await rename(folder, `${folder}.moved`);
      return () => rename(`${folder}.moved`, folder);
    },
    states: both,
    says: gone.source,
  },
  'a column has another name': {
    async happens(file) {
      await elsewhere(file, 'alter table user rename column password to pw');
      return () => elsewhere(file, 'alter table user rename column pw to password');
    },
    states: ['idle'],
    says: 'table user has no column named password',
  },
  'a table has another name': {
    async happens(file) {
      await elsewhere(file, 'alter table user rename to users');
      return () => elsewhere(file, 'alter table users rename to user');
    },
    states: ['idle'],
    says: "There is no table 'user' in this database",
  },
};

const user = (session: Session): User => session.dirty.find(each => each instanceof User) as User;

/** A session on a file of its own, with one row and something staged. */
async function withSession(
  journal: 'delete' | 'wal',
  work: (session: Session, file: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mikroscope-faults-'));
  const file = join(folder, 'site.db');
  const session = await openSession({ url: `sqlite:${file}` });
  try {
    await session.createAll();
    await session.em.execute(`pragma journal_mode = ${journal}`);
    await session.em.execute('pragma busy_timeout = 50');
    await work(session, file);
  } finally {
    await session.close();
    await rm(folder, { recursive: true, force: true });
  }
}

describe.each(Object.entries(faults))('SQLite: while %s', (_, { happens, states, says }) => {
  it.each(states)(
    'a commit() from a transaction that is %s says so in a sentence, keeps what is staged, and goes through later',
    async state => {
      await withSession('delete', async (session, file) => {
        const corey = named('corey');
        session.add(corey);
        await session.commit();
        session.add(named('alex'));
        corey.password = 'changed';
        if (state === 'open') await session.flush();
        corey.email = 'c@demo.com';
        session.add(named('bea'));
        const mend = await happens(file, session);
        const staged = [session.new.length, session.dirty];
        const outcome: unknown = await session.commit().catch((error: unknown) => error);
        expect(outcome).toBeInstanceOf(MikroscopeError);
        const { message, hint } = outcome as MikroscopeError;
        expect(message).toMatch(new RegExp(says));
        expect(hint).not.toBe('');
        expect([session.new.length, session.dirty]).toEqual([
          Number(staged[0]) + (state === 'open' ? 1 : 0),
          [corey],
        ]);
        if (typeof mend === 'function') await mend();
        expect(String(await session.commit())).toMatch(
          /^committed . new \((?:Post, )?User\), 1 changed \(User\)$/,
        );
        const { stdout } = await promisify(execFile)(process.execPath, [
          '-e',
          program(
            file,
            [],
            "console.log(JSON.stringify(db.prepare('select username, password from user order by id').all()))",
          ),
        ]);
        expect(JSON.parse(stdout)).toEqual([
          { username: 'corey', password: 'changed' },
          { username: 'alex', password: 'p' },
          { username: 'bea', password: 'p' },
        ]);
      });
    },
  );
});

describe('a SQLite file', () => {
  it('that is gone for good is made anew, and what was staged goes there', async () => {
    await withSession('wal', async (session, file) => {
      session.add(named('alex'));
      await session.flush();
      session.add(named('bea'));
      await rm(file);
      const lost = { name: 'ConnectionLost', message: expect.stringMatching(gone) };
      await expect(session.commit()).rejects.toMatchObject(lost);
      await expect(session.query(User).all()).rejects.toMatchObject({ name: 'ConnectionLost' });
      await expect(
        session.em.execute("insert into user values (7, 'x', 'x', 'x', 'x')"),
      ).rejects.toMatchObject(lost);
      await session.disconnect();
      await expect(session.commit()).rejects.toMatchObject({ name: 'MissingTable' });
      await session.createAll();
      expect(String(await session.commit())).toBe('committed 2 new (User)');
    });
  });

  it('whose last writer was killed is opened as it was last committed', async () => {
    await withSession('wal', async (session, file) => {
      session.add(named('corey'));
      await session.commit();
      await session.disconnect();
      const kill = await beside(
        file,
        "insert into user (username, email, password) values ('alex', 'a', 'p')",
        'begin',
        "insert into user (username, email, password) values ('bea', 'b', 'p')",
      );
      await kill();
      expect((await session.query(User).all()).map(({ username }) => username)).toEqual(['corey', 'alex']);
      session.add(named('bea'));
      expect(String(await session.commit())).toBe('committed 1 new (User)');
    });
  });
});
