// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { openSession, User } from '../../../src/index.ts';
import { blog } from '../../../src/blog/mapping.ts';
import { named } from '../../support/blog.ts';
import { createDatabase, type Dialect, everyDialect, isMysql } from '../../support/databases.ts';

type Session = Awaited<ReturnType<typeof openSession>>;

/** How long it may take until something is done or refused. */
const deadlineMs = 5000;

const pause = () => new Promise(resolve => setTimeout(resolve, 2));

/** What has the connection, or a transaction, while `meanwhile` runs in it. */
const OPEN: Record<string, (session: Session, meanwhile: () => Promise<unknown>) => Promise<unknown>> = {
  'em.transactional()': ({ em }, meanwhile) =>
    em.transactional(async inner => {
      inner.persist(named('inner'));
      await inner.flush();
      await meanwhile();
      await inner.count(User);
    }),
  'em.transactional() that reads by the session': (session, meanwhile) =>
    session.em.transactional(async () => {
      await pause();
      await session.query(User).count();
      await meanwhile();
      await session.query(User).all();
    }),
  'em.transactional() in the open transaction': async (session, meanwhile) => {
    await session.em.begin();
    await session.em.transactional(async inner => {
      await inner.count(User);
      await meanwhile();
      await session.query(User).count();
    });
    await session.rollback();
  },
  'nested()': (session, meanwhile) =>
    session.nested(async () => {
      session.add(named('nested'));
      await session.flush();
      await meanwhile();
      await session.query(User).count();
    }),
  'em.begin()': async (session, meanwhile) => {
    await session.em.begin();
    await session.em.count(User);
    await meanwhile();
    await session.rollback();
  },
  'a loop over a query': async (session, meanwhile) => {
    for await (const _user of session.query(User).orderBy('username')) await meanwhile();
  },
  'a transaction of a fork': ({ em }, meanwhile) =>
    em.fork().transactional(async fork => {
      await fork.count(User);
      await meanwhile();
      await fork.count(User);
    }),
  'a transaction that a fork began': async ({ em }, meanwhile) => {
    const fork = em.fork();
    await fork.begin();
    await fork.count(User);
    try {
      await meanwhile();
    } finally {
      await fork.rollback();
    }
  },
};

/** What begins meanwhile. */
const BEGUN: Record<string, (session: Session) => Promise<unknown>> = {
  query: session => session.query(User).count(),
  'a query that flushes': session => {
    session.add(named('begun'));
    return session.query(User).all();
  },
  flush: session => {
    session.add(named('begun'));
    return session.flush();
  },
  commit: session => session.commit(),
  rollback: session => session.rollback(),
  nested: session => session.nested(async () => session.query(User).count()),
  'em.transactional': session => session.em.transactional(async () => session.query(User).count()),
  'em.begin': async ({ em }) => {
    await em.begin();
    await em.rollback();
  },
  'em.flush': ({ em }) => em.persist(named('begun')).flush(),
  'em.find': ({ em }) => em.find(User, {}),
  'writes of a fork': ({ em }) => em.fork().persist(named('begun')).flush(),
  'transaction of a fork': ({ em }) => em.fork().transactional(fork => fork.count(User)),
  dropAll: session => session.dropAll(),
};

type Place = 'inside' | 'beside';

const PLACES: Record<
  Place,
  (session: Session, open: (typeof OPEN)[string], begun: (typeof BEGUN)[string]) => Promise<unknown>
> = {
  inside: (session, open, begun) => open(session, () => begun(session).catch(() => {})),
  beside: (session, open, begun) => Promise.allSettled([open(session, pause), begun(session)]),
};

const databases = everyDialect
  .filter(({ dialect, skipped }) => skipped === '' && dialect !== 'pglite' && dialect !== 'libsql')
  .flatMap(({ dialect }) => [
    { dialect, pool: '' },
    ...(dialect === 'postgresql' ? [{ dialect, pool: ' with a pool of one' }] : []),
  ]);

/** InnoDB locks the gaps that rows were deleted from, and a fork waits for these as long as the server has it. */
const waitsForRows = (dialect: Dialect, begun: string) => isMysql(dialect) && begun === 'writes of a fork';

describe.each(databases)('beside one another on $dialect$pool', ({ dialect, pool }) => {
  const open = (url: string) =>
    openSession({ url, config: { entities: blog, ...(pool && { pool: { min: 0, max: 1 } }) } });

  it.each(Object.entries(OPEN))(
    '8, 31: nothing waits for ever for %s',
    async (_name, opened) => {
      const database = await createDatabase(dialect);
      const waiting: string[] = [];
      for (const [name, begun] of Object.entries(BEGUN).filter(([each]) => !waitsForRows(dialect, each)))
        for (const [place, run] of Object.entries(PLACES)) {
          const session = await open(database.url);
          await session.createAll();
          await session.query(User).delete();
          session.addAll([named('one', { id: 1 }), named('two', { id: 2 })]);
          await session.commit();
          const tooLong = Promise.withResolvers<string>();
          const timer = setTimeout(() => tooLong.resolve(`${name} ${place}`), deadlineMs);
          const ended = run(session, opened, begun).then(
            () => '',
            () => '',
          );
          const late = await Promise.race([ended, tooLong.promise]);
          clearTimeout(timer);
          if (late !== '') waiting.push(late);
          await session.close();
        }
      await database.drop();
      expect(waiting).toEqual([]);
    },
    300_000,
  );

  const inBlog = async (test: (session: Session) => Promise<void>) => {
    const database = await createDatabase(dialect);
    const session = await open(database.url);
    try {
      await session.createAll();
      await test(session);
    } finally {
      await session.close();
      await database.drop();
    }
  };

  it('8: a call beside em.transactional() waits for its end, and one of its function does not', async () => {
    await inBlog(async session => {
      const begun = Promise.withResolvers<void>();
      const inside = session.em.transactional(async inner => {
        begun.resolve();
        inner.persist(named('inner'));
        await pause();
        return session.query(User).count();
      });
      await begun.promise;
      expect(await Promise.all([session.query(User).count(), inside])).toEqual([1, 1]);
    });
  });

  it('8: a call that the function does not wait for is made before its transaction ends', async () => {
    await inBlog(async session => {
      let left: Promise<number> | undefined;
      await session.em.transactional(async inner => {
        inner.persist(named('inner'));
        left = session.query(User).count();
      });
      expect(await left).toBe(1);
    });
  });

  it('19: of two em.transactional() in the open transaction the one that fails takes nothing of the other', async () => {
    await inBlog(async session => {
      session.add(named('before'));
      await session.flush();
      const add = (username: string, fails: boolean) =>
        session.em.transactional(async inner => {
          inner.persist(named(username));
          await inner.flush();
          await pause();
          if (fails) throw new Error(username);
        });
      const both = await Promise.allSettled([add('fails', true), add('stays', false)]);
      expect(both.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
      expect([String(await session.commit()), session.hasOtherWrites]).toEqual([
        'committed 2 new (User)',
        false,
      ]);
      expect(await session.query(User).count()).toBe(2);
    });
  });

  it('19: a flush beside one that fails has its turn, and so has one inside of em.transactional()', async () => {
    await inBlog(async session => {
      session.add(named('taken'));
      await session.commit();
      const { em } = session;
      em.persist(named('taken'));
      const outside = await Promise.allSettled([em.flush(), em.flush()]);
      expect(outside.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      await session.rollback();
      const inside = em.transactional(async inner => {
        inner.persist(named('taken'));
        await Promise.all([inner.flush(), inner.flush()]);
      });
      await expect(inside).rejects.toMatchObject({ name: 'UniqueViolation' });
      expect(await session.query(User).count()).toBe(1);
    });
  });

  it('8: a flush of the em beside em.begin() leaves the transaction open', async () => {
    await inBlog(async session => {
      const { em } = session;
      await Promise.all([em.persist(named('flushed')).flush(), em.begin()]);
      expect(session.inTransaction).toBe(true);
      await session.rollback();
      await Promise.all([em.begin(), em.persist(named('begun')).flush()]);
      expect(String(await session.rollback())).toBe('rolled back 1 new (User)');
      expect(await session.query(User).count()).toBe(1);
    });
  });

  it('19: what is not for the transaction of em.transactional() is refused inside', async () => {
    await inBlog(async session => {
      await session.em.transactional(async () => {
        await expect(session.commit()).rejects.toMatchObject({
          name: 'InvalidState',
          message: 'commit() has no place inside em.transactional(), which begins and commits by itself',
          hint: 'Use the em that it hands over. Return to commit, or throw an error to undo it.',
        });
        await expect(session.query(User).delete()).rejects.toMatchObject({
          name: 'InvalidState',
          message:
            'update() and delete() of a query have no place inside em.transactional(), which begins and commits by itself',
          hint: 'Use nativeUpdate() and nativeDelete() of the em that it hands over.',
        });
      });
    });
  });
});
