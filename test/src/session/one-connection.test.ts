import { describe, expect, it } from '@jest/globals';
import { User } from '../../../src/index.ts';
import { inSession } from '../../support/databases.ts';

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
        begin: () => em.begin(),
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
        check: async () => orm.checkConnection(),
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
