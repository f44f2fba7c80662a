// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { raw } from '@mikro-orm/core';
import { Post, User } from '../../../src/index.ts';
import { dialects, inSession } from '../../support/databases.ts';

const named = (username: string) => new User({ username, email: `${username}@demo.com`, password: 'p' });

describe.each(dialects)('update() and delete() of a query on %s', dialect => {
  it('9, 28: one that fails, or that finds no row, opens no transaction', async () => {
    await inSession(dialect, async session => {
      session.addAll([named('Corey'), named('Alex')]);
      await session.commit();
      const users = session.query(User);
      await expect(users.update({ username: 'Same' })).rejects.toMatchObject({ name: 'UniqueViolation' });
      expect(await users.filterBy({ username: 'Nobody' }).delete()).toBe(0);
      expect([session.inTransaction, String(await session.commit())]).toEqual([false, 'nothing to commit']);
    });
  });

  it('20, 28: a failing one, or a failing query, leaves what the ones before it wrote', async () => {
    await inSession(dialect, async session => {
      session.addAll([named('Corey'), named('Alex')]);
      await session.commit();
      const users = session.query(User);
      await users.filterBy({ username: 'Alex' }).update({ password: 'q' });
      session.add(named('Ann'));
      await session.flush();
      await expect(users.update({ username: 'Same' })).rejects.toMatchObject({ name: 'UniqueViolation' });
      await expect(users.filter({ [raw('nonsense')]: 1 }).all()).rejects.toThrow(/nonsense/);
      expect(() => users.filter({ id: { $nonsense: 1 } })).toThrow("There is no operator '$nonsense'");
      expect(String(await session.commit())).toBe('committed 1 new (User), 1 changed (User)');
      expect(await users.filterBy({ password: 'q' }).count()).toBe(1);
    });
  });

  it('19: a failed commit() keeps what they wrote, and the next one commits it', async () => {
    await inSession(dialect, async session => {
      session.addAll([named('Corey'), named('Alex')]);
      await session.commit();
      const users = session.query(User);
      await users.filterBy({ username: 'Alex' }).update({ password: 'q' });
      const twin = named('Corey');
      session.add(twin);
      await expect(session.commit()).rejects.toMatchObject({
        name: 'UniqueViolation',
        hint: 'Nothing was written and everything is still staged: change it and commit() again, or rollback().',
      });
      session.expunge(twin);
      expect(String(await session.commit())).toBe('committed 1 changed (User)');
      expect(await users.filterBy({ password: 'q' }).count()).toBe(1);
      await users.filterBy({ username: 'Alex' }).delete();
      session.add(twin);
      await expect(session.commit()).rejects.toMatchObject({ name: 'UniqueViolation' });
      expect(String(await session.rollback())).toBe('rolled back 1 new (User), 1 removed (User)');
      expect(await users.count()).toBe(2);
    });
  });

  it('19: an update() that a constraint refuses says which, and changes nothing', async () => {
    await inSession(dialect, async session => {
      session.addAll([named('Corey'), named('Alex')]);
      await session.commit();
      await expect(session.query(User).update({ username: 'Same' })).rejects.toMatchObject({
        name: 'UniqueViolation',
        message: expect.stringMatching(/^User\.username ('Same' )?is taken already$/),
      });
      session.add(new Post({ title: 't', content: 'c', userId: 1 }));
      await session.commit();
      await expect(session.query(Post).update({ author: 99 })).rejects.toMatchObject({
        name: 'ForeignKeyViolation',
        message: 'User 99 is not in the database, and Post.author refers to it',
      });
      expect(await session.query(User).count()).toBe(2);
    });
  });

  it('disconnect() is refused where it would lose what they wrote', async () => {
    await inSession(dialect, async session => {
      session.add(named('Corey'));
      await session.commit();
      await session.query(User).filterBy({ username: 'Corey' }).update({ password: 'q' });
      await expect(session.disconnect()).rejects.toMatchObject({
        name: 'InvalidState',
        message: 'disconnect() would lose what cannot be staged again: 1 changed (User)',
        hint: 'commit() or rollback() first. Nothing was done.',
      });
      expect(String(await session.commit())).toBe('committed 1 changed (User)');
      await session.disconnect();
      expect(await session.query(User).filterBy({ password: 'q' }).count()).toBe(1);
    });
  });
});

it('19: what they wrote is named where the transaction is lost', async () => {
  await inSession('postgresql', async session => {
    session.add(named('Corey'));
    await session.commit();
    await session.query(User).filterBy({ username: 'Corey' }).update({ password: 'q' });
    session.add(named('Alex'));
    const { em } = session;
    const past = em.getConnection().execute('select nonsense', [], 'all', em.getTransactionContext());
    await expect(past).rejects.toThrow('nonsense');
    await expect(session.commit()).rejects.toMatchObject({
      name: 'TransactionLost',
      hint: 'Lost, as it cannot be staged again: 1 changed (User). Run it again; what is staged is not lost.',
    });
    expect(String(await session.commit())).toBe('committed 1 new (User)');
  });
});
