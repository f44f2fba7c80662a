// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { User } from '../../../src/index.ts';
import { dialects, inSession } from '../../support/databases.ts';

const named = (username: string) => new User({ username, email: `${username}@demo.com`, password: 'p' });

describe.each(dialects)('update() and delete() of a query on %s', dialect => {
  it('9, 28: one that fails, or that finds no row, opens no transaction', async () => {
    await inSession(dialect, async session => {
      session.addAll([named('Corey'), named('Alex')]);
      await session.commit();
      const users = session.query(User);
      await expect(users.update({ username: 'Same' })).rejects.toThrow(/unique/i);
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
      await expect(users.update({ username: 'Same' })).rejects.toThrow(/unique/i);
      await expect(users.filter({ id: { $nonsense: 1 } }).all()).rejects.toThrow(/nonsense/);
      await expect(users.filter({ id: { $in: [{ nonsense: 1 }] } }).all()).rejects.toThrow(
        /nonsense|json|integer|bind|convert/i,
      );
      expect(String(await session.commit())).toBe('committed 1 new (User), 1 changed (User)');
      expect(await users.filterBy({ password: 'q' }).count()).toBe(1);
    });
  });
});
