// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { Post, type Session, User } from '../../../src/index.ts';
import { dialects, inSession } from '../../support/databases.ts';

describe.each(dialects)('merge() one after another on %s', dialect => {
  it('23: of another session: what they refer to is what was merged before', async () => {
    await inSession(dialect, async session => {
      const users = await usersOf(session, ['a', 'b']);
      const posts = users.map(author => new Post({ title: author.username, content: 'c', author }));
      session.addAll(posts);
      await session.commit();
      for (const one of [...users, ...posts]) await session.touch(one);
      await inSession(dialect, async other => {
        const merged: User[] = [];
        for (const user of users) merged.push(await other.merge(user));
        const copies = [];
        for (const post of posts) copies.push(await other.merge(post));
        expect(copies.map(({ author }) => author)).toEqual(merged);
        expect(copies.map(({ author }, i) => author === merged[i])).toEqual([true, true]);
        expect((await other.merge(users[0])) === merged[0]).toBe(true);
        expect(String(await other.commit())).toBe('committed 4 new (Post, User)');
        const found = await other.query(Post).orderBy('title').populate('author').all();
        expect(found.map(({ author }) => author?.username)).toEqual(['a', 'b']);
        // What is rolled back is not found again.
        await other.query(User).delete();
        await other.query(Post).delete();
        await other.commit();
        const [gone] = [await other.merge(users[0]), await other.rollback()];
        expect((await other.merge(users[0])) === gone).toBe(false);
        expect(String(await other.commit())).toBe('committed 1 new (User)');
      });
    });
  });

  it('8, 23: what was staged between is written, and then looked for', async () => {
    await inSession(dialect, async session => {
      const [a, b, c, d] = await usersOf(session, ['a', 'b', 'c', 'd']);
      session.em.clear();
      await session.merge(a);
      const twin = new User({ username: 'e', email: 'e', password: 'p' });
      twin.id = 70;
      session.add(twin);
      const detached = new User({ username: 'f', email: 'f', password: 'p' });
      detached.id = 70;
      expect((await session.merge(detached)) === twin).toBe(true);
      expect([twin.username, session.new]).toEqual(['f', []]);
      const moved = (await session.get(User, b.id)) as User;
      await session.merge(a);
      moved.id = 80;
      const inItsPlace = await session.merge(b);
      expect([inItsPlace === moved, session.new]).toEqual([false, [inItsPlace]]);
      inItsPlace.username = 'g';
      inItsPlace.email = 'g';
      await session.merge(c);
      const removed = (await session.get(User, d.id)) as User;
      void session.remove(removed);
      const again = await session.merge(d);
      expect([again === removed, session.new, session.deleted]).toEqual([false, [again], []]);
      await session.commit();
      const rows = await session.query(User).orderBy('username').all();
      expect(rows.map(({ username }) => username)).toEqual(['a', 'b', 'c', 'd', 'f', 'g']);
    });
  });

  it('23: what is changed between is written once, at the end', async () => {
    await inSession(dialect, async session => {
      const users = await usersOf(session, ['a', 'b', 'c']);
      session.em.clear();
      const updates: string[] = [];
      session.sql.subscribe(({ text }) => /^update/i.test(text) && updates.push(text));
      for (const user of users) (await session.merge(user)).password = 'q';
      expect(updates).toEqual([]);
      expect(String(await session.commit())).toBe('committed 3 changed (User)');
      expect(updates).toHaveLength(1);
      expect(await session.query(User).filterBy({ password: 'q' }).count()).toBe(3);
    });
  });
});

/** Users with these names that are in the database, and loaded. */
async function usersOf(session: Session, names: readonly string[]): Promise<[User, User, User, User]> {
  const users = names.map(name => new User({ username: name, email: name, password: 'p' }));
  session.addAll(users);
  await session.commit();
  for (const user of users) await session.touch(user);
  return users as [User, User, User, User];
}
