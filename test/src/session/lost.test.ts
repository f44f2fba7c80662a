// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { raw } from '@mikro-orm/core';
import { openSession, User } from '../../../src/index.ts';
import { dialects, inSession } from '../../support/databases.ts';

type Session = Parameters<Parameters<typeof inSession>[1]>[0];

const named = (username: string) => new User({ username, email: `${username}@demo.com`, password: 'p' });

/** Ends every connection to the session's database, as a restart of the server does. */
const cutOff = async (session: Session) => {
  const server = await openSession({ url: process.env['TEST_POSTGRES_URL'] ?? '', entities: [] });
  const { name } = session.database;
  await server.em.execute(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  await server.close();
};

describe('a lost connection', () => {
  it('19: costs an error message at most, whenever it happens; the next commit() goes through', async () => {
    await inSession('postgresql', async session => {
      const [corey, alex] = [named('Corey'), named('Alex')];
      session.add(corey);
      await session.commit();
      session.add(alex);
      await session.flush();
      corey.password = 'changed';
      await cutOff(session);
      await expect(session.commit()).rejects.toMatchObject({
        name: 'ConnectionLost',
        message: 'The connection to the database was lost',
        hint: 'Nothing staged is lost: try again, or rollback().',
      });
      expect([session.new, session.dirty, alex.id]).toEqual([[alex], [corey], undefined]);
      expect(String(await session.commit())).toBe('committed 1 new (User), 1 changed (User)');
      expect(await session.query(User).count()).toBe(2);
    });
  });

  it('19, 31: inside nested() undoes the inside, and says so; what came before is staged again', async () => {
    await inSession('postgresql', async session => {
      session.add(named('Corey'));
      const work = session.nested(async () => {
        session.add(named('Alex'));
        await cutOff(session);
        await session.query(User).all();
      });
      await expect(work).rejects.toMatchObject({
        name: 'ConnectionLost',
        hint: 'Only what was done inside nested() is undone.',
      });
      expect(String(await session.commit())).toBe('committed 1 new (User)');
    });
  });

  it('20: in a query stages again what the transaction had written', async () => {
    await inSession('postgresql', async session => {
      session.add(named('Corey'));
      await session.flush();
      await cutOff(session);
      await expect(session.query(User).all()).rejects.toMatchObject({ name: 'ConnectionLost' });
      expect([session.em.isInTransaction(), session.new.length]).toEqual([false, 1]);
      expect(await session.query(User).count()).toBe(1);
      await session.commit();
      session.add(named('Alex'));
      await session.flush();
      await cutOff(session);
      expect(String(await session.rollback())).toBe('rolled back 1 new (User)');
      expect(await session.query(User).count()).toBe(1);
    });
  });
});

describe.each(dialects)('a failed statement in a transaction on %s', dialect => {
  it('20: of raw SQL loses nothing that is staged', async () => {
    await inSession(dialect, async session => {
      session.add(named('Corey'));
      await session.flush();
      await expect(session.em.execute('select nonsense')).rejects.toThrow('nonsense');
      // PostgreSQL has undone the transaction by then, and SQLite has not.
      expect(session.new.length).toBe(dialect === 'sqlite' ? 0 : 1);
      expect(String(await session.commit())).toBe('committed 1 new (User)');
      expect(await session.query(User).count()).toBe(1);
    });
  });

  it('20: of a query leaves the session usable', async () => {
    await inSession(dialect, async session => {
      session.add(named('Corey'));
      await session.flush();
      await expect(
        session
          .query(User)
          .filter({ [raw('nonsense')]: 1 })
          .all(),
      ).rejects.toThrow(/nonsense/);
      expect(await session.query(User).count()).toBe(1);
      expect(String(await session.commit())).toBe('committed 1 new (User)');
      expect(await session.query(User).count()).toBe(1);
    });
  });
});
