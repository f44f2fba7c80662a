// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { openSession, User } from '../../../src/index.ts';
import { createDatabase, everyDialect, inSession, isMysql } from '../../support/databases.ts';
import { testScripts } from '../../support/typed.ts';

const named = (username: string) => new User({ username, email: `${username}@demo.com`, password: 'p' });

describe('the one connection of SQLite', () => {
  it('8: a statement outside the open transaction is an error, not a wait without end', async () => {
    await inSession('sqlite', async session => {
      session.add(named('Corey'));
      await session.flush();
      const { em, orm } = session;
      const outside: Record<string, () => unknown> = {
        find: () => em.fork().find(User, {}),
        global: () => orm.em.fork().count(User),
        execute: () => em.fork().execute('select 1'),
        forkBegin: () => em.fork().begin(),
        transactional: () => em.fork().transactional(async () => {}),
        flush: () => {
          const fork = em.fork();
          fork.persist(fork.create(User, { username: 'x', email: 'x', password: 'x' } as never));
          return fork.flush();
        },
        create: () => orm.schema.create(),
        update: () => orm.schema.update(),
        drop: () => orm.schema.drop(),
        refresh: () => orm.schema.refresh(),
        builder: () => em.fork().createQueryBuilder(User).getCount(),
        connection: () => em.getConnection().execute('select 1'),
        check: async () => Reflect.get(await orm.checkConnection(), 'error'),
        kysely: () => em.fork().getKysely<{ user: object }>().selectFrom('user').execute(),
        kyselyTransaction: () =>
          em
            .fork()
            .getKysely()
            .transaction()
            .execute(async () => {}),
      };
      const names: Record<string, string> = {};
      for (const [name, run] of Object.entries(outside)) {
        const outcome = await Promise.resolve()
          .then(run)
          .catch((error: unknown) => error);
        names[name] = outcome instanceof Error ? outcome.message : String(outcome);
      }
      const sentence =
        'This would wait forever: SQLite has one connection, and the transaction of the session is open on it';
      expect(names).toEqual(Object.fromEntries(Object.keys(outside).map(name => [name, sentence])));
      await expect(em.fork().find(User, {})).rejects.toMatchObject({
        name: 'DatabaseBusy',
        hint: 'commit() or rollback() first.',
      });
      expect(await em.find(User, {})).toHaveLength(1);
      expect(await em.fork({ keepTransactionContext: true }).count(User)).toBe(1);
      expect(await session.nested(async () => session.query(User).count())).toBe(1);
      expect(String(await session.commit())).toBe('committed 1 new (User)');
      expect(await em.fork().count(User)).toBe(1);
      await orm.schema.update();
    });
  });

  it('8: a transaction left open in a fork is an error for the session until it ends', async () => {
    await inSession('sqlite', async session => {
      const fork = session.em.fork();
      await fork.begin();
      fork.persist(named('Alex'));
      await fork.flush();
      session.add(named('Corey'));
      const waiting = {
        all: () => session.query(User).all(),
        commit: () => session.commit(),
        flush: () => session.flush(),
        createAll: () => session.createAll(),
        dropAll: () => session.dropAll(),
        nested: () => session.nested(async () => {}),
        em: () => session.em.find(User, {}),
        other: () => session.em.fork().begin(),
        schema: () => session.orm.schema.update(),
      };
      for (const run of Object.values(waiting)) {
        await expect(run()).rejects.toMatchObject({
          name: 'DatabaseBusy',
          message: expect.stringMatching(
            /has one connection, and a transaction that another EntityManager began/,
          ),
          hint: 'commit() or rollback() that one first.',
        });
      }
      expect(await fork.count(User)).toBe(1);
      await fork.commit();
      expect(String(await session.commit())).toBe('committed 1 new (User)');
      expect(await session.query(User).count()).toBe(2);
      await fork.begin();
      await fork.rollback();
      expect(await session.query(User).count()).toBe(2);
    });
  });

  it('8: a transaction that ends by itself is waited for, but not from its inside', async () => {
    await inSession('sqlite', async session => {
      const gate = Promise.withResolvers<void>();
      const work = session.em.fork().transactional(async em => {
        em.persist(named('Alex'));
        await em.flush();
        await gate.promise;
      });
      const count = session.query(User).count();
      gate.resolve();
      expect(await count).toBe(1);
      await work;
      const inside = session.em.fork().transactional(async () => session.query(User).all());
      await expect(inside).rejects.toMatchObject({
        name: 'DatabaseBusy',
        hint: 'Use the EntityManager that it hands over.',
      });
      session.add(named('Corey'));
      expect(String(await session.commit())).toBe('committed 1 new (User)');
    });
  });

  it('8: a reserved connection is waited for only while it is at work, and a stream is read ahead', async () => {
    await inSession('sqlite', async session => {
      session.addAll([named('Alex'), named('Corey')]);
      await session.commit();
      const { em } = session;
      const busy = {
        name: 'DatabaseBusy',
        message:
          'This would wait forever: SQLite has one connection, and a stream or a reserved connection is open on it',
      };
      const counts: number[] = [];
      for await (const _user of em.fork().stream(User)) counts.push(await em.fork().count(User));
      expect(counts).toEqual([2, 2]);
      const reading = async () => {
        const rows = em
          .fork()
          .getKysely()
          .selectFrom('user' as never)
          .selectAll()
          .stream();
        for await (const _user of rows) await em.fork().count(User);
      };
      await expect(reading()).rejects.toMatchObject(busy);
      const reserving = em
        .fork()
        .getKysely()
        .connection()
        .execute(async () => em.fork().count(User));
      await expect(reserving).rejects.toMatchObject(busy);
      const slowly = async () => {
        for await (const _user of em.fork().stream(User))
          await new Promise(resolve => setTimeout(resolve, 600));
        return 'read';
      };
      expect(await Promise.all([slowly(), em.fork().count(User)])).toEqual(['read', 2]);
    });
  });

  it('closes a session whose fork has a transaction open', async () => {
    const closed = inSession('sqlite', async session => {
      const fork = session.em.fork();
      await fork.begin();
      fork.persist(named('Alex'));
      await fork.flush();
    });
    await expect(closed).resolves.toBe(undefined);
  });

  it('1, 30: createAll() and dropAll() never wait', async () => {
    await inSession('sqlite', async session => {
      session.add(named('Corey'));
      await session.flush();
      expect(String(await session.createAll())).toBe('nothing to create');
      expect(String(await session.dropAll())).toBe('dropped post, user');
      expect(String(await session.createAll())).toBe('created post, user');
    });
  });
});

/** Those with many connections that can be had here. */
const servers = everyDialect
  .filter(({ dialect, skipped }) => skipped === '' && (dialect === 'postgresql' || isMysql(dialect)))
  .map(({ dialect }) => dialect);

describe.each(servers)('the locks of an open transaction on %s', dialect => {
  it('are an error for a change of the schema from elsewhere, not a wait without end', async () => {
    await inSession(dialect, async session => {
      session.add(named('Corey'));
      await session.flush();
      const { em, orm } = session;
      const user = em.getPlatform().quoteIdentifier('user');
      const outside: Record<string, () => unknown> = {
        clear: () => orm.schema.clear(),
        drop: () => orm.schema.drop(),
        refresh: () => orm.schema.refresh(),
        truncate: () => em.fork().execute(`truncate table ${user}`),
        alter: () => em.fork().execute(`alter table ${user} add column x int`),
        index: () => em.fork().execute(`create index i on ${user} (email)`),
        inside: () => em.fork().transactional(fork => fork.execute(`drop table ${user}`)),
      };
      for (const run of Object.values(outside))
        await expect(run()).rejects.toMatchObject({
          name: 'DatabaseBusy',
          message: 'This would wait forever: the transaction of the session is open, and has locked tables',
          hint: 'commit() or rollback() first.',
        });
      await em.fork().execute('create table other (id int)');
      await em.fork().execute('drop table other');
      expect(String(await session.commit())).toBe('committed 1 new (User)');
      await orm.schema.clear();
      expect(await session.query(User).count()).toBe(0);
    });
  });
});

describe.each(servers)('the connections of %s', dialect => {
  it('are cut off by close() where a transaction of a fork holds one', async () => {
    const database = await createDatabase(dialect);
    const other = await openSession({ url: database.url });
    try {
      await other.createAll();
      const session = await openSession({ url: database.url });
      const fork = session.em.fork();
      await fork.begin();
      await fork.execute(`update ${dialect === 'postgresql' ? '"user"' : '`user`'} set email = 'x'`);
      await session.close();
      // It would wait for a transaction that goes on.
      expect(String(await other.dropAll())).toBe('dropped post, user');
    } finally {
      await other.close();
      await database.drop();
    }
  });
});

const three =
  "addAll([new Guide('a'), new Guide('b'), new Guide('c')]); commit(); [a, b, c] = Guide.query.all(); seen = []";

/** What the session may be in when it streams. */
const begun = { 'outside of a transaction': 'commit()', 'in the open transaction': 'em.begin()' };

const streams = {
  'em.stream()': 'em.stream(Guide)',
  'a stream of a builder': 'em.createQueryBuilder(Guide).stream()',
};

testScripts(
  'a stream between whose rows something is asked for',
  Object.entries(streams).flatMap(([by, rows]) =>
    Object.entries(begun).map(([where, begin]) => [
      `8, 35: ${by} ${where}`,
      `> ${three}; expire(b); ${begin}; for await (const row of ${rows}) seen.push(b.title + row.title); seen
      [ 'ba', 'bb', 'bc' ]
      > seen = []; for await (const row of ${rows}) for await (const inner of ${rows}) seen.push(row.title + Guide.query.count() + inner.title); seen.join()
      'a3a,a3b,a3c,b3a,b3b,b3c,c3a,c3b,c3c'
      > for await (const row of ${rows}) { a.title += row.title; flush() }; commit(); for await (const row of ${rows}) { b.title = a.title; break }; [b.title, Guide.query.count()]
      [ 'aabc', 3 ]
      > try { for await (const row of ${rows}) { a.title; throw new Error('enough') } } catch {}; for await (const row of ${rows}) { commit() }; Guide.query.count()
      3`,
    ]),
  ),
);
