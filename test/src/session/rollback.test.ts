// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { Post, User } from '../../../src/index.ts';
import { dialects, inSession } from '../../support/databases.ts';
import { Category, Product, shop, Tag } from '../fixtures/shop.ts';
import { loadAll } from '../fixtures/world.ts';

const named = (username: string, fields: object = {}) => {
  return new User({ username, email: `${username}@demo.com`, password: 'p', ...fields });
};
const blog = (title: string, fields: object = {}) => new Post({ title, content: 'c', ...fields });

describe.each(dialects)('flush and rollback on %s', dialect => {
  it('8: a query, a count and a lazy load see what is staged, and rollback() undoes it', async () => {
    await inSession(dialect, async session => {
      const corey = named('Corey');
      session.add(corey);
      await session.commit();
      session.add(named('Alex'));
      expect(await session.query(User).count()).toBe(2);
      corey.username = 'Changed';
      expect(await session.query(User).filterBy({ username: 'Changed' }).first()).toBe(corey);
      session.add(blog('Blog 1', { userId: corey.id }));
      await session.read(corey, 'posts');
      expect(corey.posts.length).toBe(1);
      expect(String(await session.rollback())).toBe('rolled back 2 new (Post, User), 1 changed (User)');
      expect(await session.query(User).all()).toEqual([corey]);
      expect([corey.username, await session.query(Post).count()]).toEqual(['Corey', 0]);
    });
  });

  it('9: plain reading never leaves a transaction open; a flush opens one', async () => {
    await inSession(dialect, async (session, sql) => {
      await session.query(User).all();
      await session.query(User).count();
      expect([session.em.isInTransaction(), sql.includes('begin')]).toEqual([false, false]);
      session.add(named('Corey'));
      await session.flush();
      await session.query(User).all();
      expect([session.em.isInTransaction(), sql.filter(text => text === 'begin').length]).toEqual([true, 1]);
      await session.commit();
      expect(session.em.isInTransaction()).toBe(false);
    });
  });

  it('17: remove() and commit() delete the row; the object is detached and readable', async () => {
    await inSession(dialect, async session => {
      const corey = named('Corey');
      session.add(corey);
      await session.commit();
      await session.query(User).all();
      await session.remove(corey);
      expect([session.deleted, session.dirty, session.new]).toEqual([[corey], [], []]);
      expect(String(await session.commit())).toBe('committed 1 removed (User)');
      expect([session.has(corey), session.read(corey, 'username')]).toEqual([false, 'Corey']);
      expect(await session.query(User).count()).toBe(0);
    });
  });

  it('17: remove() of what is not in the database is a clear error', async () => {
    await inSession(dialect, async session => {
      const user = named('Corey');
      expect(() => session.remove(user)).toThrow('This User is not in the database');
      session.add(user);
      expect(() => session.remove(user)).toThrow('This User is not in the database yet');
      expect(() => session.remove(User)).toThrow('User is a class; remove an instance');
      expect(session.new).toEqual([user]);
    });
  });

  it('17: what referred to a removed row refers to nothing, and is not changed by that', async () => {
    const run: Parameters<typeof inSession>[1] = async session => {
      const [chair, oak, seats] = [new Product('chair'), new Tag('oak'), new Category('seats')];
      chair.tags.add(oak);
      chair.category = seats;
      session.addAll([chair]);
      await session.commit();
      await loadAll(session);
      await session.remove(oak);
      await session.remove(seats);
      expect(String(await session.commit())).toBe('committed 2 removed (Category, Tag)');
      expect([session.dirty, session.new]).toEqual([[], []]);
      expect(String(await session.rollback())).toBe('nothing to roll back');
      await session.touch(chair);
      expect([await session.read(chair, 'category'), [...chair.tags]]).toEqual([null, []]);
      expect(String(await session.commit())).toBe('nothing to commit');
      expect([await session.query(Tag).count(), session.has(oak)]).toEqual([0, false]);
    };
    await inSession(dialect, run, { entities: shop });
  });

  it('18: rollback() makes pending objects transient again, with their values and without a key', async () => {
    await inSession(dialect, async session => {
      const user = named('Corey');
      const post = blog('Blog 1', { author: user });
      session.add(post);
      await session.flush();
      expect(user.id).toBeGreaterThan(0);
      expect(String(await session.rollback())).toBe('rolled back 2 new (Post, User)');
      expect([user.id, post.id, user.username, post.author]).toEqual([undefined, undefined, 'Corey', user]);
      expect([session.has(user), session.has(post), session.new]).toEqual([false, false, []]);
      session.add(post);
      expect(String(await session.commit())).toBe('committed 2 new (Post, User)');
      expect((await session.query(Post).one()).author).toBe(user);
    });
  });

  it.each([false, true])(
    '18: rollback() takes changes, links and removals back (flushed: %s)',
    async flushed => {
      await inSession(dialect, async session => {
        const [corey, alex] = [named('Corey'), named('Alex')];
        const [first, second] = [blog('Blog 1', { author: corey }), blog('Blog 2', { author: corey })];
        session.addAll([corey, alex, first, second]);
        await session.commit();
        await session.read(corey, 'posts');
        await session.read(alex, 'posts');
        corey.username = 'Changed';
        first.author = alex;
        await session.remove(second);
        if (flushed) await session.flush();
        expect(String(await session.rollback())).toBe('rolled back 2 changed (Post, User), 1 removed (Post)');
        expect([corey.username, first.author, session.has(second)]).toEqual(['Corey', corey, true]);
        expect([corey.posts.getItems(false), alex.posts.getItems(false)]).toEqual([[first, second], []]);
        expect([session.new, session.dirty, session.deleted]).toEqual([[], [], []]);
        expect(String(await session.commit())).toBe('nothing to commit');
        expect([...((await session.read(corey, 'posts')) as Post[])]).toEqual([first, second]);
        expect(session.read(second, 'title')).toBe('Blog 2');
      });
    },
  );

  it('18: rollback() takes a new member out of a managed list', async () => {
    await inSession(dialect, async session => {
      const corey = named('Corey');
      session.add(corey);
      await session.commit();
      await session.read(corey, 'posts');
      corey.posts.add(blog('Blog 1'));
      await session.flush();
      await session.rollback();
      expect(corey.posts.getItems(false)).toEqual([]);
      expect(String(await session.commit())).toBe('nothing to commit');
    });
  });

  it.each(['flush', 'commit'] as const)(
    '18, 19: what was new and then removed is gone after a failed %s',
    async way => {
      await inSession(dialect, async session => {
        const [corey, post] = [named('Corey'), blog('Blog 1')];
        session.addAll([corey, post]);
        await session.flush();
        post.author = corey;
        await session.remove(post);
        if (way === 'commit') await session.flush();
        const twin = named('Corey', { email: 'other' });
        session.add(twin);
        for (let i = 0; i < 2; i++) await expect(session.commit()).rejects.toThrow(/User.username 'Corey'/);
        expect([session.has(post), session.new, session.deleted]).toEqual([false, [corey, twin], []]);
        expect(corey.posts.length).toBe(0);
        session.expunge(twin);
        await session.commit();
        expect(await session.query(Post).count()).toBe(0);
        expect(((await session.read(corey, 'posts')) as User['posts']).length).toBe(0);
      });
    },
  );

  it('20: a failed autoflush says that the query caused it, and the session stays usable', async () => {
    await inSession(dialect, async session => {
      session.add(named('Corey'));
      await session.commit();
      const alex = named('Alex');
      session.add(alex);
      await session.flush();
      const twin = named('Corey', { email: 'x' });
      session.add(twin);
      await expect(session.query(User).all()).rejects.toMatchObject({
        name: 'UniqueViolation',
        message:
          "The query first flushed what is staged, and that failed: User.username 'Corey' is taken already",
      });
      expect([session.new, session.em.isInTransaction()]).toEqual([[twin], true]);
      twin.username = 'Other';
      expect(await session.query(User).count()).toBe(3);
      expect(String(await session.commit())).toBe('committed 2 new (User)');
      expect(await session.query(User).count()).toBe(3);
    });
  });

  it('31: an error inside nested() undoes only the inside', async () => {
    await inSession(dialect, async session => {
      const outer = named('Outer');
      session.add(outer);
      await session.nested(async () => session.add(named('Kept')));
      const lost = named('Lost');
      const inside = async () => {
        session.add(lost);
        outer.email = 'lost';
        await session.flush();
        throw new Error('no');
      };
      await expect(session.nested(inside)).rejects.toThrow('no');
      expect([outer.email, lost.id, session.has(lost)]).toEqual(['Outer@demo.com', undefined, false]);
      expect(String(await session.commit())).toBe('committed 2 new (User)');
      const names = (await session.query(User).all()).map(user => user.username);
      expect(names).toEqual(['Outer', 'Kept']);
    });
  });

  it('31: nested() gives what the work gives, leaves nothing open, and commit() inside is an error', async () => {
    await inSession(dialect, async session => {
      expect(await session.nested(async () => session.query(User).count())).toBe(0);
      expect(session.em.isInTransaction()).toBe(false);
      await expect(session.nested(() => session.commit())).rejects.toThrow(
        'commit() cannot end the transaction inside nested()',
      );
      expect(session.em.isInTransaction()).toBe(false);
    });
  });
});
