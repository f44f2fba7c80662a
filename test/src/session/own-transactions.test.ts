// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { type MikroscopeError, openSession, User } from '../../../src/index.ts';
import { named } from '../../support/blog.ts';
import { createDatabase, type Dialect, everyDialect, isMysql } from '../../support/databases.ts';

type Session = Awaited<ReturnType<typeof openSession>>;

/** How many users a second connection sees. */
type Stored = () => Promise<number>;

/** A session on an empty blog, and what is stored in it. */
const inBlog = async (
  dialect: Dialect,
  test: (session: Session, stored: Stored, url: string) => Promise<void>,
) => {
  const database = await createDatabase(dialect);
  const session = await openSession({ url: database.url });
  const stored = async () => {
    const second = await openSession({ url: database.url });
    try {
      return await second.query(User).count();
    } finally {
      await second.close();
    }
  };
  try {
    await session.createAll();
    await test(session, stored, database.url);
  } finally {
    await session.close();
    await database.drop();
  }
};

/** A transaction of Kysely's that was begun by hand. */
interface Controlled {
  rollback(): { execute(): Promise<unknown> };
}

const WRITTEN = 'Written';

/** A session whose open transaction has inserted a user. */
const inTransaction = (dialect: Dialect, test: (session: Session, stored: Stored) => Promise<void>) =>
  inBlog(dialect, async (session, stored) => {
    session.add(named(WRITTEN));
    await session.flush();
    await test(session, stored);
  });

/** Those that can be had here; the others run in this process, and a second connection to them tells less. */
const servers: readonly Dialect[] = everyDialect
  .filter(({ dialect, skipped }) => skipped === '' && dialect !== 'pglite' && dialect !== 'libsql')
  .map(({ dialect }) => dialect);

/** The error for a statement; one with a NUL is refused before it is read. */
const refusalOf = (sql: string) => (sql.includes('\0') ? 'InvalidValue' : 'InvalidState');

const ENDS = [
  'rollback',
  'ROLLBACK /* x */',
  'commit',
  'commit work',
  'select 1; commit',
  'commit /* x',
  'commit and chain',
  'rollback and chain',
];

const ENDS_OF: Partial<Record<Dialect, readonly string[]>> = {
  sqlite: ['end', 'begin', 'savepoint a', 'rollback to a', 'release a', 'begin\0', 'commit\0x'],
  postgresql: ['end', 'begin', 'abort', 'start transaction', "prepare transaction 'a'", 'savepoint trx1'],
  mariadb: [
    'begin',
    'start transaction',
    'savepoint trx1',
    '/*! commit */',
    'commit /*! work */',
    'set autocommit = 0',
    "execute immediate 'commit'",
    "execute immediate 'create table x (id int)'",
    'begin not atomic create table x (id int); end',
    'set statement max_statement_time = 1 for create table x (id int)',
    'set default role none',
    'create temporary sequence s',
    'backup stage start',
    'call p()',
  ],
};

describe.each(servers)('the transaction of a session on %s', dialect => {
  it.each([...ENDS, ...(ENDS_OF[dialect] ?? [])])('19: is not ended by the SQL %p', async sql => {
    await inTransaction(dialect, async (session, stored) => {
      await expect(session.em.execute(sql)).rejects.toMatchObject({ name: refusalOf(sql) });
      expect(await stored()).toBe(0);
      expect(String(await session.commit())).toBe('committed 1 new (User)');
      expect(await stored()).toBe(1);
    });
  });

  it('18: is rolled back after SQL that would have committed it', async () => {
    await inTransaction(dialect, async (session, stored) => {
      await expect(session.em.execute('commit')).rejects.toMatchObject({
        name: 'InvalidState',
        message: "COMMIT as SQL would change the transaction without MikroORM's knowledge",
        hint: 'Use commit(), rollback() and nested(), or em.transactional().',
      });
      expect(String(await session.rollback())).toBe('rolled back 1 new (User)');
      expect(await stored()).toBe(0);
    });
  });

  it('em.begin() is refused while it is open, and em.commit() and em.rollback() end it', async () => {
    await inTransaction(dialect, async (session, stored) => {
      const { em } = session;
      await expect(em.begin()).rejects.toMatchObject({
        name: 'InvalidState',
        message: "The session's transaction is open already",
        hint: 'commit() or rollback() first, or use nested() for a savepoint in it.',
      });
      await em.commit();
      expect([await stored(), String(await session.rollback())]).toEqual([1, 'nothing to roll back']);
      await em.begin();
      em.persist(named('Persisted'));
      await em.commit();
      expect([await stored(), String(await session.commit())]).toEqual([2, 'nothing to commit']);
      const undone = named('Undone');
      await em.begin();
      em.persist(undone);
      await em.flush();
      await em.rollback();
      expect([undone.id, session.has(undone), session.inTransaction]).toEqual([undefined, false, false]);
      expect(String(await session.commit())).toBe('nothing to commit');
      expect(await stored()).toBe(2);
    });
  });

  it.each<[string, (session: Session) => Promise<unknown>]>([
    ['a fork', ({ em }) => em.fork({ keepTransactionContext: true }).commit()],
    ['a fork that rolls back', ({ em }) => em.fork({ keepTransactionContext: true }).rollback()],
    ['a connection', ({ em }) => em.getConnection().commit(em.getTransactionContext() as never)],
    [
      'a connection that rolls back',
      ({ em }) => em.getConnection().rollback(em.getTransactionContext() as never),
    ],
    ['Kysely', ({ em }) => (em.getKysely() as unknown as Controlled).rollback().execute()],
  ])('19: is not ended by %s', async (_, end) => {
    await inTransaction(dialect, async (session, stored) => {
      await expect(end(session)).rejects.toMatchObject({
        name: 'InvalidState',
        message: "This would end the session's transaction without its knowledge",
        hint: 'Use commit() or rollback() of the session, or of its em.',
      });
      expect(await stored()).toBe(0);
      expect(String(await session.commit())).toBe('committed 1 new (User)');
      expect(await stored()).toBe(1);
    });
  });

  it('31: em.begin(), em.commit() and em.rollback() are refused inside nested()', async () => {
    await inTransaction(dialect, async (session, stored) => {
      for (const name of ['begin', 'commit', 'rollback'] as const) {
        const work = session.nested(async () => {
          session.add(named(`Inside ${name}`));
          await session.em[name]();
        });
        await expect(work).rejects.toMatchObject({ name: 'InvalidState' });
      }
      expect(String(await session.commit())).toBe('committed 1 new (User)');
      expect(await stored()).toBe(1);
    });
  });
});

describe.each(servers)('em.transactional() on %s', dialect => {
  /** A session with something new, something changed and something removed. */
  const inStaged = (test: (session: Session, stored: Stored) => Promise<void>) =>
    inBlog(dialect, async (session, stored) => {
      const [changed, removed] = [named('Changed'), named('Removed')];
      session.addAll([changed, removed]);
      await session.commit();
      session.add(named('New'));
      changed.password = 'q';
      await session.remove(removed);
      await test(session, stored);
    });

  const STAGED = '1 new (User), 1 changed (User), 1 removed (User)';

  const fails = async (session: Session) => {
    const work = session.em.transactional(async em => {
      await em.flush();
      throw new Error('thrown inside');
    });
    await expect(work).rejects.toThrow('thrown inside');
  };

  it('19: that fails keeps what is staged', async () => {
    await inStaged(async (session, stored) => {
      await fails(session);
      expect(session.pending.summary).toBe(STAGED);
      expect(session.new.map(user => (user as User).id)).toEqual([undefined]);
      expect(String(await session.commit())).toBe(`committed ${STAGED}`);
      expect(await stored()).toBe(2);
      expect(await session.query(User).filterBy({ password: 'q' }).count()).toBe(1);
    });
  });

  it('18, 19: in the open transaction that fails keeps what is staged, and what was written', async () => {
    await inStaged(async (session, stored) => {
      const written = named(WRITTEN);
      session.add(written);
      await session.flush();
      written.password = 'q';
      session.add(named('Later'));
      await fails(session);
      expect(session.pending.summary).toBe('1 new (User), 1 changed (User)');
      expect(String(await session.commit())).toBe(
        'committed 3 new (User), 1 changed (User), 1 removed (User)',
      );
      expect(await stored()).toBe(4);
      expect(await session.query(User).filterBy({ password: 'q' }).count()).toBe(2);
    });
  });

  it('18: in the open transaction is taken back by rollback()', async () => {
    await inStaged(async (session, stored) => {
      session.add(named(WRITTEN));
      await session.flush();
      const [staged, made] = [named('Staged'), named('Made')];
      session.add(staged);
      await session.em.transactional(async em => {
        em.persist(made);
        await em.flush();
      });
      expect([session.has(made), session.pending.summary]).toEqual([true, '']);
      expect(String(await session.rollback())).toBe(
        'rolled back 4 new (User), 1 changed (User), 1 removed (User)',
      );
      expect([staged.id, made.id, session.has(made)]).toEqual([undefined, undefined, false]);
      expect(String(await session.commit())).toBe('nothing to commit');
      expect(await stored()).toBe(2);
    });
  });

  it('19: that is rolled back keeps what is staged', async () => {
    await inStaged(async (session, stored) => {
      await session.em.transactional(async em => {
        await em.flush();
        await em.rollback();
      });
      expect(String(await session.commit())).toBe(`committed ${STAGED}`);
      expect(await stored()).toBe(2);
    });
  });

  it('19: in another one keeps what is staged, whichever of them fails', async () => {
    for (const failing of ['inner', 'outer', 'none'])
      await inStaged(async (session, stored) => {
        const work = session.em.transactional(async outer => {
          const inner = outer.transactional(async em => {
            await em.flush();
            if (failing === 'inner') throw new Error('thrown inside');
          });
          await inner.catch(() => {});
          if (failing === 'outer') throw new Error('thrown inside');
        });
        await work.catch(() => {});
        // MikroORM hands over what is new or changed, and no removal.
        const left = failing === 'outer' ? STAGED : '1 removed (User)';
        expect([failing, session.pending.summary]).toEqual([failing, left]);
        await session.commit();
        expect(await stored()).toBe(2);
        expect(await session.query(User).filterBy({ password: 'q' }).count()).toBe(1);
      });
  });

  it.each(['begin', 'commit'] as const)('19: refuses %s() inside', async name => {
    await inStaged(async (session, stored) => {
      const work = session.em.transactional(async em => {
        await em.flush();
        await em[name]();
      });
      await expect(work).rejects.toMatchObject({
        name: 'InvalidState',
        message: `${name}() has no place inside em.transactional(), which begins and commits by itself`,
      });
      expect(String(await session.commit())).toBe(`committed ${STAGED}`);
      expect(await stored()).toBe(2);
    });
  });

  it('19: that fails leaves what only its EntityManager had out of the session', async () => {
    await inBlog(dialect, async (session, stored) => {
      const made = named('Made');
      const work = session.em.transactional(async em => {
        em.persist(made);
        await em.flush();
        throw new Error('thrown inside');
      });
      await expect(work).rejects.toThrow('thrown inside');
      expect([session.has(made), String(await session.commit())]).toEqual([false, 'nothing to commit']);
      expect(await stored()).toBe(0);
    });
  });
});

describe.each(servers)('31: nested() on %s', dialect => {
  it('that swallows the failure of a statement ends in a sentence, or keeps the inside', async () => {
    await inTransaction(dialect, async (session, stored) => {
      const work = session.nested(async () => {
        session.add(named('Inside'));
        await session.flush();
        await session.em.execute('select nonsense').catch(() => {});
      });
      // A failed statement takes the savepoint with it on PostgreSQL alone.
      const isUndone = dialect === 'postgresql';
      const thrown = await work.then(
        () => undefined,
        ({ name, hint }: MikroscopeError) => ({ name, hint }),
      );
      expect(thrown).toEqual(
        isUndone
          ? { name: 'TransactionLost', hint: 'Only what was done inside nested() is undone.' }
          : undefined,
      );
      const written = isUndone ? 1 : 2;
      expect(String(await session.commit())).toBe(`committed ${written} new (User)`);
      expect(await stored()).toBe(written);
    });
  });

  it('beside another one waits for it: one that fails takes nothing of the other', async () => {
    await inBlog(dialect, async (session, stored) => {
      const add = (username: string, fails: boolean) => async () => {
        session.add(named(username));
        await session.flush();
        await new Promise(resolve => setTimeout(resolve, 5));
        if (fails) throw new Error(username);
      };
      const beside = (prefix: string) =>
        Promise.allSettled([
          session.nested(add(`${prefix}a`, true)),
          session.nested(add(`${prefix}b`, false)),
          session.nested(add(`${prefix}c`, true)),
          session.nested(add(`${prefix}d`, false)),
        ]);
      const statuses = ['rejected', 'fulfilled', 'rejected', 'fulfilled'];
      expect((await beside('')).map(({ status }) => status)).toEqual(statuses);
      await session.nested(async () => {
        expect((await beside('inner ')).map(({ status }) => status)).toEqual(statuses);
      });
      expect(String(await session.commit())).toBe('committed 4 new (User)');
      expect(await stored()).toBe(4);
    });
  });
});

const LEAVING: Partial<Record<Dialect, readonly string[]>> = {
  mysql: [
    '/*! begin */',
    'begin /*! */',
    'set autocommit=0',
    "xa start 'x'",
    'call starts()',
    'flush tables with read lock',
    'lock tables user write',
    'commit and chain',
  ],
  sqlite: ['savepoint a', 'begin\0x', 'begin /* x', 'begin immediate'],
  postgresql: ['begin', 'start transaction', 'begin /* x'],
  mariadb: [
    '/*! begin */',
    'begin /*! */',
    'set autocommit=0',
    'set @x = 1, @@session.autocommit = off',
    "execute immediate 'start transaction'",
    'begin not atomic start transaction; end',
    'set statement max_statement_time = 1 for start transaction',
    'call starts()',
    "xa start 'x'",
    'flush tables with read lock',
    'lock tables user write',
    'backup stage start',
    'commit and chain',
  ],
};

describe.each(servers)('outside of a transaction on %s', dialect => {
  it.each(LEAVING[dialect] ?? [])('%p leaves nothing open', async sql => {
    await inBlog(dialect, async (session, stored) => {
      if (sql === 'call starts()')
        await session.em.execute('create procedure starts() begin start transaction; end');
      await expect(session.em.execute(sql)).rejects.toMatchObject({ name: refusalOf(sql) });
      await session.em.execute(
        `insert into ${isMysql(dialect) ? '`user`' : '"user"'} (username, email, password) values ('A', 'A', 'A')`,
      );
      expect(await stored()).toBe(1);
    });
  });
});

describe('a transaction that the database ends by itself', () => {
  it('19: on SQLite is never claimed to be committed', async () => {
    await inBlog('sqlite', async (session, stored) => {
      session.add(named('Corey'));
      await session.commit();
      session.add(named(WRITTEN));
      await session.flush();
      const sql = `insert or rollback into "user" (id, username, email, password) values (1, 'A', 'A', 'A')`;
      const { em } = session;
      const fails = () => em.getConnection().execute(sql, [], 'run', em.getTransactionContext());
      await expect(fails()).rejects.toThrow(/UNIQUE|NOT NULL/);
      session.add(named('Later'));
      await expect(session.flush()).rejects.toMatchObject({
        name: 'TransactionLost',
        hint: 'Nothing staged is lost: try again, or rollback().',
      });
      expect(await stored()).toBe(1);
      expect(String(await session.flush())).toBe('flushed 2 new (User)');
      await expect(fails()).rejects.toThrow(/UNIQUE|NOT NULL/);
      await expect(session.commit()).rejects.toMatchObject({ name: 'TransactionLost' });
      expect(await stored()).toBe(1);
      expect(String(await session.commit())).toBe('committed 2 new (User)');
      expect(await stored()).toBe(3);
    });
  });

  it('on SQLite is an error of em.transactional(), and gives the connection back', async () => {
    await inBlog('sqlite', async (session, stored) => {
      const work = session.em.transactional(async em => {
        em.persist(named(WRITTEN));
        await em.flush();
        await em
          .execute(`insert or rollback into "user" (id, username, email, password) values (1, 'A', 'A', 'A')`)
          .catch(() => {});
      });
      await expect(work).rejects.toMatchObject({ name: 'TransactionLost' });
      expect(await stored()).toBe(0);
      expect(await session.query(User).count()).toBe(0);
    });
  });
});

describe.each(servers.filter(dialect => dialect !== 'sqlite'))('45: a deadlock on %s', dialect => {
  /** A session whose statement ends in a deadlock, in a transaction that has inserted a user. */
  const inDeadlock = (
    statement: (session: Session) => Promise<unknown>,
    test: (session: Session, error: Error) => Promise<void>,
  ) =>
    inBlog(dialect, async (session, _stored, url) => {
      session.addAll([named('a'), named('b')]);
      await session.commit();
      const other = await openSession({ url });
      try {
        session.add(named(WRITTEN));
        await session.flush();
        const only = (each: Session, username: string) => each.query(User).filterBy({ username });
        await only(session, 'a').update({ password: 'session' });
        // MySQL undoes the transaction that has written less.
        other.addAll(Array.from({ length: 20 }, (_, i) => named(`other ${i}`)));
        await only(other, 'b').update({ password: 'other' });
        // PostgreSQL undoes the one that looks first.
        if (!isMysql(dialect)) await other.em.execute("set local deadlock_timeout = '1min'");
        const waiting = only(other, 'a')
          .update({ password: 'other' })
          .catch(() => {});
        await new Promise(resolve => setTimeout(resolve, 300));
        const error = await statement(session).then(
          () => new Error('there was no deadlock'),
          (thrown: Error) => thrown,
        );
        await waiting;
        await other.rollback();
        await test(session, error);
      } finally {
        await other.close();
      }
    });

  const LOST =
    'Lost, as it cannot be staged again: 1 changed (User). Run it again; what is staged is not lost.';

  const raw = (session: Session) => {
    const user = session.em.getPlatform().quoteIdentifier('user');
    return session.em.execute(`update ${user} set password = 'session' where username = 'b'`);
  };
  const update = (session: Session) =>
    session.query(User).filterBy({ username: 'b' }).update({ password: 'session' });

  // On PostgreSQL the savepoint of an update() keeps the transaction.
  const ways = [['SQL', raw], ...(isMysql(dialect) ? [['update()', update] as const] : [])] as const;

  it.each(ways)('of %s names what is lost, and stages the rest', async (_, run) => {
    await inDeadlock(run, async (session, error) => {
      expect(error).toMatchObject({ name: 'TransactionLost', hint: LOST });
      expect(String(await session.commit())).toBe('committed 1 new (User)');
      expect(await session.query(User).filterBy({ password: 'p' }).count()).toBe(3);
    });
  });
});
