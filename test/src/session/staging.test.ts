// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { Post, User } from '../../../src/index.ts';
import { dialects, inSession } from '../../support/databases.ts';

const corey = () => new User({ username: 'Corey', email: 'c@demo.com', password: 'p' });
const blog = (fields: object = {}) => new Post({ title: 'Blog 1', content: 'First', ...fields });

describe.each(dialects)('staging on %s', dialect => {
  it('2: a new object is transient, its unset fields undefined, its lists empty', async () => {
    await inSession(dialect, async session => {
      const user = new User({ username: 'a' });
      expect([user.id, user.email, user.password]).toEqual([undefined, undefined, undefined]);
      expect([...user.posts]).toEqual([]);
      expect(session.read(user, 'posts')).toBe(user.posts);
      expect(session.has(user)).toBe(false);
    });
  });

  it('3: an unknown field is an error that names field, entity and the nearest name', async () => {
    await inSession(dialect, async session => {
      const expected = {
        name: 'UnknownProperty',
        message: "User has no property 'usrname'; did you mean 'username'?",
      };
      const fields: object = { usrname: 'x' };
      expect(() => new User(fields)).toThrow(expect.objectContaining(expected));
      expect(() => session.query(User).filterBy(fields)).toThrow(expect.objectContaining(expected));
      expect(() => session.query(User).orderBy('usrname')).toThrow(expect.objectContaining(expected));
      expect(() => session.query(User).orderBy({ usrname: 'asc' })).toThrow(
        expect.objectContaining(expected),
      );
      expect(() => session.query(User).filter({ $or: [fields] })).toThrow(expect.objectContaining(expected));
      expect(() => session.query(Post).filterBy({ author: fields })).toThrow(
        expect.objectContaining(expected),
      );
      expect(() => session.query(Post).filterBy({ user_id: 1 })).toThrow(/did you mean 'userId'/);
      expect(() => session.query(User).filterBy({ zzzzzzzz: 1 })).toThrow(
        /^User has no property 'zzzzzzzz'$/,
      );
    });
  });

  it('4: add() stages without SQL, and twice is harmless', async () => {
    await inSession(dialect, async (session, sql) => {
      const user = corey();
      session.add(user);
      session.add(user);
      expect([session.has(user), session.new]).toEqual([true, [user]]);
      expect(sql).toEqual([]);
      expect(String(await session.commit())).toBe('committed 1 new (User)');
      session.add(user);
      expect(session.new).toEqual([]);
    });
  });

  it('5: what cannot be added is a clear error', async () => {
    await inSession(dialect, async session => {
      const give = (value: unknown) => () => session.add(value as object);
      expect(give('x')).toThrow("add() takes an entity, and got 'x'");
      expect(give(null)).toThrow('add() takes an entity, and got null');
      expect(give(User)).toThrow('User is a class; add an instance');
      expect(give({ username: 'x' })).toThrow('add() takes an entity, and got { username');
      expect(give([corey()])).toThrow(/^add\(\) takes an entity/);
      expect(() => session.addAll(corey() as unknown as object[])).toThrow(
        'addAll() takes a list of entities',
      );
      expect(() => session.addAll([corey(), 'x' as unknown as object])).toThrow(
        /^addAll\(\) takes an entity/,
      );
      expect(session.new).toEqual([]);
    });
  });

  it('7: commit, rollback and flush with nothing to do run no SQL', async () => {
    await inSession(dialect, async (session, sql) => {
      expect(String(await session.commit())).toBe('nothing to commit');
      expect(String(await session.rollback())).toBe('nothing to roll back');
      expect(String(await session.flush())).toBe('nothing to flush');
      expect(sql).toEqual([]);
    });
  });

  it('11: what is reachable from an added or managed entity is pending and saved with it', async () => {
    await inSession(dialect, async session => {
      const user = corey();
      const post = blog({ author: user });
      session.add(post);
      expect(new Set(session.new)).toEqual(new Set([post, user]));
      expect(String(await session.commit())).toBe('committed 2 new (Post, User)');
      const second = blog({ title: 'Blog 2' });
      await session.read(user, 'posts');
      user.posts.add(second);
      expect(session.new).toEqual([second]);
      expect(String(await session.commit())).toBe('committed 1 new (Post)');
      expect(second.userId).toBe(user.id);
    });
  });

  it('12: both sides of a relation agree before any flush', async () => {
    await inSession(dialect, async (session, sql) => {
      const user = corey();
      const post = blog();
      post.author = user;
      expect([...user.posts]).toEqual([post]);
      session.add(user);
      expect(session.new).toContain(post);
      expect(sql).toEqual([]);
      const other = new User({ username: 'Alex', email: 'a', password: 'p' });
      post.author = other;
      expect([[...user.posts], [...other.posts]]).toEqual([[], [post]]);
      other.posts.remove(post);
      expect([post.author, post.userId, [...other.posts]]).toEqual([null, null, []]);
    });
  });

  it('13: userId and author are two views of one column', async () => {
    await inSession(dialect, async session => {
      const [user, other] = [corey(), new User({ username: 'Alex', email: 'a', password: 'p' })];
      session.addAll([user, other]);
      await session.commit();
      const post = blog({ userId: user.id });
      expect(await session.read(post, 'author')).toBe(user);
      expect(post.userId).toBe(user.id);
      expect([session.has(post), session.new]).toEqual([false, []]);
      post.author = other;
      expect(post.userId).toBe(other.id);
      post.userId = user.id;
      expect(await session.read(post, 'author')).toBe(user);
      session.add(post);
      expect(post.author).toBe(user);
      await session.commit();
      post.userId = other.id;
      expect(post.author).toBe(other);
      expect(String(await session.commit())).toBe('committed 1 changed (Post)');
      expect(await session.query(Post).filterBy({ userId: other.id }).count()).toBe(1);
    });
  });
});
