// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { Collection, wrap } from '@mikro-orm/core';
import { Post, User } from '../../../src/index.ts';
import { dialects, inSession } from '../../support/databases.ts';

const named = (username: string, fields: object = {}) => {
  return new User({ username, email: `${username}@demo.com`, password: 'p', ...fields });
};
const blog = (title: string, fields: object = {}) => new Post({ title, content: 'c', ...fields });

describe.each(dialects)('reading on %s', dialect => {
  it('15: an unloaded relation loads at the look, once', async () => {
    await inSession(dialect, async (session, sql) => {
      session.add(blog('Blog 1', { author: named('Corey') }));
      await session.commit();
      session.em.clear();
      sql.length = 0;
      const post = await session.query(Post).one();
      expect(wrap(post.author!).isInitialized()).toBe(false);
      const [author, again] = await Promise.all([session.read(post, 'author'), session.read(post, 'author')]);
      expect([author, again]).toEqual([post.author, post.author]);
      expect([session.read(post, 'author'), session.read(author, 'username')]).toEqual([author, 'Corey']);
      expect(sql.length).toBe(2);
      const posts = await session.read(author, 'posts');
      expect([...(posts as Post[])]).toEqual([post]);
      expect([session.read(posts, 'length'), session.read(posts, 0), sql.length]).toEqual([1, post, 3]);
    });
  });

  it('15: what a read has to wait for is a native promise, and everything else is the value', async () => {
    await inSession(dialect, async session => {
      const corey = named('Corey');
      session.add(corey);
      await session.commit();
      const promise = session.read(corey, 'username');
      expect(promise).toBeInstanceOf(Promise);
      expect(await promise).toBe('Corey');
      expect(session.read(corey, 'username')).toBe('Corey');
    });
  });

  it('15: a method or a getter of an unloaded object loads it first', async () => {
    await inSession(dialect, async session => {
      const corey = named('Corey');
      session.add(corey);
      await session.commit();
      session.em.clear();
      const reference = session.em.getReference(User, corey.id);
      const toString = (await session.read(reference, 'toString')) as () => string;
      expect(toString.call(reference)).toBe("User('Corey', 'Corey@demo.com')");
    });
  });

  it('15: a reference to a row that does not exist is a clear error', async () => {
    await inSession(dialect, async session => {
      const post = blog('Blog 1', { userId: 99 });
      const look = async () => session.read(post, 'author');
      await expect(look()).rejects.toMatchObject({
        name: 'ObjectDeleted',
        message: 'User 99 is not in the database',
      });
    });
  });

  it('15: touch() brings up to date what is about to be shown, with one query for a class', async () => {
    await inSession(dialect, async (session, sql) => {
      const users = [named('a'), named('b'), named('c')];
      session.addAll(users);
      await session.commit();
      await session.em.execute(`update "user" set password = 'raw'`);
      sql.length = 0;
      await session.touch({ list: [users[0], users[1]], one: users[2] });
      expect([users.map(user => user.password), sql.length]).toEqual([['raw', 'raw', 'raw'], 1]);
      expect(session.touch(users)).toBe(undefined);
      expect([session.touch(1), session.touch(null), session.touch(new Date())]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      const posts = users[0]!.posts;
      await session.read(users[0], 'posts');
      await session.commit();
      sql.length = 0;
      await session.touch([posts]);
      expect(sql.length).toBe(1);
    });
  });

  it('16: where nothing can be awaited, what is not loaded is an error that names it', async () => {
    await inSession(dialect, async session => {
      session.add(blog('Blog 1', { author: named('Corey') }));
      await session.commit();
      session.em.clear();
      const post = await session.query(Post).one();
      expect(() => session.readSync(post, 'author')).toThrow(
        expect.objectContaining({
          name: 'NotLoaded',
          message: 'Post.author is not loaded, and what calls this code cannot wait for the database',
          hint: 'Read it before, and hand over the values; or populate it in the query.',
        }),
      );
      const author = (await session.read(post, 'author')) as User;
      expect(session.readSync(post, 'author')).toBe(author);
      expect(() => session.readSync(author, 'posts')).toThrow(/^User\.posts is not loaded/);
      expect(() => session.readSync(author.posts, 'length')).toThrow(/^User\.posts is not loaded/);
      await session.commit();
      expect(() => session.readSync(author, 'username')).toThrow(/^User\.username is not loaded/);
    });
  });

  it('21: raw SQL changes no loaded object until refresh, expire, commit or rollback', async () => {
    await inSession(dialect, async session => {
      const corey = named('Corey');
      session.addAll([corey, blog('Blog 1', { author: corey })]);
      await session.commit();
      await session.read(corey, 'username');
      const change = (name: string) => session.em.execute(`update "user" set username = '${name}'`);
      await change('raw');
      await session.query(User).all();
      await session.query(Post).populate('author').all();
      await session.read(corey, 'posts');
      expect(session.read(corey, 'username')).toBe('Corey');
      await session.refresh(corey);
      expect(corey.username).toBe('raw');
      await change('expired');
      session.expire(corey);
      expect(await session.read(corey, 'username')).toBe('expired');
      await change('committed');
      await session.commit();
      expect(await session.read(corey, 'username')).toBe('committed');
      await change('back');
      await session.rollback();
      expect(await session.read(corey, 'username')).toBe('back');
    });
  });

  it('23: an expunged object loads nothing, and merge() copies it into the session', async () => {
    await inSession(dialect, async session => {
      const corey = named('Corey');
      session.add(corey);
      await session.commit();
      session.em.clear();
      const loaded = await session.query(User).one();
      session.expunge(loaded);
      expect([session.has(loaded), session.read(loaded, 'username')]).toEqual([false, 'Corey']);
      expect(() => session.read(loaded, 'posts')).toThrow(
        expect.objectContaining({
          name: 'Detached',
          message: 'User.posts is not loaded, and this User is detached from the session',
          hint: 'merge() copies it into the session.',
        }),
      );
      session.add(loaded);
      expect([session.has(loaded), session.new]).toEqual([true, []]);
      session.expunge(loaded);
      loaded.username = 'Merged';
      const twin = await session.merge(loaded);
      expect([twin === loaded, session.has(twin), twin.username]).toEqual([false, true, 'Merged']);
      expect(String(await session.commit())).toBe('committed 1 changed (User)');
      expect([...((await session.read(twin, 'posts')) as Post[])]).toEqual([]);
      expect(() => session.add(loaded)).toThrow(`The session has another object for User ${twin.id}`);
    });
  });

  it('reads like the language: getters once, the same errors, nothing for proxies', async () => {
    await inSession(dialect, async session => {
      let calls = 0;
      const object = {
        get a() {
          calls++;
          return this;
        },
      };
      expect([session.read(object, 'a'), calls]).toEqual([object, 1]);
      expect([session.read('abc', 'length'), typeof session.read(1, 'toFixed')]).toEqual([3, 'function']);
      expect(() => session.read(null, 'x')).toThrow(TypeError);
      expect(() => session.read(undefined, 'x')).toThrow("Cannot read properties of undefined (reading 'x')");
      const traps: string[] = [];
      const handler = { get: () => traps.push('get'), getPrototypeOf: () => (traps.push('prototype'), null) };
      session.read(new Proxy({}, handler), 'x');
      expect(traps).toEqual(['get']);
    });
  });

  it('gives the query of an entity class, and leaves the class alone', async () => {
    await inSession(dialect, async session => {
      const query = session.read(User, 'query');
      expect([session.isQuery(query), 'query' in User]).toEqual([true, false]);
      expect([session.isEntityClass(User), session.isEntity(named('a')), session.isEntity(User)]).toEqual([
        true,
        true,
        false,
      ]);
      expect([session.isCollection(new User().posts), session.isCollection([])]).toEqual([true, false]);
    });
  });

  it('lets a collection be read like an array', async () => {
    await inSession(dialect, async session => {
      const corey = named('Corey');
      session.addAll([corey, blog('b', { author: corey }), blog('a', { author: corey })]);
      await session.commit();
      session.em.clear();
      const user = await session.query(User).one();
      const call = async (name: string, ...args: unknown[]): Promise<unknown> => {
        const method = (await session.read(user.posts, name)) as (...args: unknown[]) => unknown;
        return method.apply(user.posts, args);
      };
      const title = (post: Post) => post.title;
      expect(await call('at', -1)).toMatchObject({ title: 'a' });
      expect(await call('some', (post: Post) => post.title === 'a')).toBe(true);
      expect(await call('every', (post: Post) => post.title === 'a')).toBe(false);
      expect(await call('flatMap', title)).toEqual(['b', 'a']);
      expect(await call('includes', user.posts[0])).toBe(true);
      expect(
        ((await call('sort', (x: Post, y: Post) => x.title.localeCompare(y.title))) as Post[]).map(title),
      ).toEqual(['a', 'b']);
      expect(user.posts.map(title)).toEqual(['b', 'a']);
      expect(user.posts).toBeInstanceOf(Collection);
    });
  });
});
