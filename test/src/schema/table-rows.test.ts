import { describe, expect, it } from '@jest/globals';
import { openSession, Post, User } from '../../../src/index.ts';
import { createDatabase, dialects, inSession } from '../../support/databases.ts';

describe.each(dialects)('the rows of all tables on %s', dialect => {
  it('are those that the open transaction sees; nothing is written for it, and nothing changes in memory', async () => {
    await inSession(dialect, async session => {
      const user = new User({ username: 'Corey', email: 'c@demo.com', password: 'secret' });
      session.add(user);
      const rows = async () =>
        Object.fromEntries((await session.rows()).map(each => [each.table, each.rows.length]));
      expect(await rows()).toEqual({ user: 0, post: 0 });
      expect(session.new).toEqual([user]);
      await session.flush();
      expect(await rows()).toEqual({ user: 1, post: 0 });
      await session.rollback();
      expect(await rows()).toEqual({ user: 0, post: 0 });
      session.add(new Post({ title: 'Blog 1', content: 'First', author: user }));
      await session.commit();
      const [users, posts] = (await session.rows()).toSorted((one, other) =>
        one.table > other.table ? -1 : 1,
      );
      expect(users).toMatchObject({ table: 'user', key: 'id', references: {}, hidden: ['password'] });
      expect(posts).toMatchObject({ table: 'post', key: 'id', references: { user_id: 'user' }, hidden: [] });
      expect(posts?.rows).toMatchObject([{ title: 'Blog 1', user_id: user.id }]);
    });
  });

  it('are those of the tables that exist', async () => {
    const database = await createDatabase(dialect);
    const session = await openSession({ url: database.url });
    try {
      expect(
        await session
          .createAll()
          .then(() => session.dropAll())
          .then(() => session.rows()),
      ).toEqual([]);
    } finally {
      await session.close();
      await database.drop();
    }
  });
});
