// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { Post, User } from '../../../src/index.ts';
import { dialects, inSession } from '../../support/databases.ts';

const named = (username: string, fields: object = {}) => {
  return new User({ username, email: `${username}@demo.com`, password: 'p', ...fields });
};
const blog = (title: string, fields: object = {}) => new Post({ title, content: 'c', ...fields });

describe.each(dialects)('queries on %s', dialect => {
  it('a call that lacks what it needs is an error', async () => {
    await inSession(dialect, async (session, sql) => {
      const users = session.query(User);
      const missing = { code: 'BadArgument', message: 'get() needs the primary key of a User' };
      await expect(session.get(User, undefined)).rejects.toMatchObject(missing);
      await expect(users.get(undefined)).rejects.toMatchObject(missing);
      expect(await session.get(User, null)).toBe(null);
      for (const values of [undefined, null, {}, named('Corey'), 'a'])
        expect(() => users.update(values as object)).toThrow('update() takes an object of fields of User');
      expect(() => users.orderBy()).toThrow('orderBy() needs a field to order by');
      expect(() => users.orderBy({})).toThrow('orderBy() cannot order by {}');
      expect(sql).toEqual([]);
    });
  });

  it('10: get() of a loaded entity is the same object, without SQL', async () => {
    await inSession(dialect, async (session, sql) => {
      const corey = named('Corey');
      session.add(corey);
      await session.commit();
      sql.length = 0;
      expect(await session.get(User, corey.id)).toBe(corey);
      expect(await session.query(User).get(corey.id)).toBe(corey);
      expect(sql).toEqual([]);
      session.em.clear();
      const again = await session.get(User, corey.id);
      expect(again).toMatchObject({ username: 'Corey' });
      expect([again === corey, sql.length]).toEqual([false, 1]);
    });
  });

  it('10: get() of an object whose row is known to be gone looks for the row again', async () => {
    await inSession(dialect, async session => {
      const corey = named('Corey');
      session.add(corey);
      await session.commit();
      const { id } = corey;
      await session.em.execute(`delete from "user" where id = ${id}`);
      await expect(session.touch(corey)).rejects.toMatchObject({ name: 'ObjectDeleted' });
      expect([await session.get(User, id), await session.query(User).get(id)]).toEqual([null, null]);
      await session.em.execute(
        `insert into "user" (id, username, email, password) values (${id}, 'c', 'c', 'p')`,
      );
      expect(await session.get(User, id)).toBe(corey);
      await session.touch(corey);
      expect(corey.username).toBe('c');
    });
  });

  it('22: the same row is the same object, whichever query found it', async () => {
    await inSession(dialect, async session => {
      const corey = named('Corey');
      session.addAll([corey, blog('Blog 1', { author: corey })]);
      await session.commit();
      expect(await session.query(User).filterBy({ username: 'Corey' }).one()).toBe(corey);
      expect(await session.query(User).get(corey.id)).toBe(corey);
      expect((await session.query(Post).populate('author').one()).author).toBe(corey);
      expect(await session.em.findOne(User, corey.id)).toBe(corey);
    });
  });

  it('24: populate() reads each relation once', async () => {
    await inSession(dialect, async (session, sql) => {
      session.addAll([blog('Blog 1', { author: named('Corey') }), blog('Blog 2', { author: named('Ann') })]);
      await session.commit();
      session.em.clear();
      sql.length = 0;
      const [post] = await session.query(Post).populate('author').all();
      expect(post?.author?.username).toBe('Corey');
      expect(sql.filter(text => text.startsWith('select'))).toHaveLength(2);
    });
  });

  it('24: a query is lazy and immutable, and shows its SQL', async () => {
    await inSession(dialect, async (session, sql) => {
      const all = session.query(User);
      const some = all.filterBy({ username: 'Corey' });
      expect(some).not.toBe(all);
      expect('then' in some).toBe(false);
      const [a, b] = dialect === 'sqlite' ? ['`', '`'] : ['"', '"'];
      const quote = (name: string) => a + name + b;
      const from = `select ${quote('u0')}.* from ${quote('user')} as ${quote('u0')}`;
      const order = `order by ${quote('u0')}.${quote('id')} asc`;
      expect(all.toSql()).toBe(`${from} ${order}`);
      expect(inspect(some.limit(3))).toBe(
        `${from} where ${quote('u0')}.${quote('username')} = 'Corey' ${order} limit 3`,
      );
      expect(sql).toEqual([]);
    });
  });

  it('24: an offset without a limit', async () => {
    await inSession(dialect, async session => {
      session.addAll(['a', 'b', 'c'].map(name => named(name)));
      await session.commit();
      const rest = session.query(User).offset(1);
      expect((await rest.all()).map(user => user.username)).toEqual(['b', 'c']);
      expect([await rest.count(), await rest.exists(), (await rest.first())?.username]).toEqual([
        2,
        true,
        'b',
      ]);
      const seen: string[] = [];
      for await (const user of rest.orderBy('-username')) seen.push(user.username);
      for await (const user of rest) seen.push(user.username);
      expect(seen).toEqual(['b', 'a', 'b', 'c']);
      expect(await session.em.execute(rest.toSql())).toHaveLength(2);
    });
  });

  it('25, 26: a key that is none, and an entity that has none, are errors', async () => {
    await inSession(dialect, async session => {
      const corey = named('Corey');
      session.addAll([corey, blog('Blog 1')]);
      await session.commit();
      expect(await session.get(User, { id: corey.id })).toBe(corey);
      for (const key of [{}, [], [1, 2], { username: 'Corey' }])
        await expect(session.get(User, key)).rejects.toThrow('The primary key of User is id');
      const nobody = named('Nobody');
      const posts = session.query(Post).filterBy({ author: nobody });
      await expect(posts.all()).rejects.toThrow('This User is not in the database');
      await expect(posts.count()).rejects.toThrow('This User is not in the database');
      await expect(posts.delete()).rejects.toThrow('This User is not in the database');
      session.add(nobody);
      expect(await posts.count()).toBe(0);
    });
  });

  it('29: paginate() takes an object of what it knows', async () => {
    await inSession(dialect, async session => {
      const users = session.query(User);
      await expect(users.paginate(2 as never)).rejects.toThrow('paginate() takes an object, and got 2');
      await expect(users.paginate({ perpage: 2 } as never)).rejects.toThrow("did you mean 'perPage'?");
    });
  });

  it('24: an order by several fields, through a relation, and downwards', async () => {
    await inSession(dialect, async session => {
      const [corey, alex] = [named('Corey'), named('Alex')];
      session.addAll([
        blog('b', { author: corey }),
        blog('a', { author: corey }),
        blog('c', { author: alex }),
      ]);
      await session.commit();
      const titles = async (...orders: Parameters<ReturnType<typeof session.query>['orderBy']>) => {
        return (
          await session
            .query(Post)
            .orderBy(...orders)
            .all()
        )
          .map(post => post.title)
          .join('');
      };
      expect(await titles('title')).toBe('abc');
      expect(await titles('-title')).toBe('cba');
      expect(await titles('title desc')).toBe('cba');
      expect(await titles({ author: { username: 'asc' } }, { title: 'desc' })).toBe('cba');
      expect(await titles('author.username', 'title')).toBe('cab');
      expect(
        await session
          .query(Post)
          .filterBy({ author: { username: 'Alex' } })
          .count(),
      ).toBe(1);
      expect(
        await session
          .query(User)
          .filter({ posts: { title: 'a' } })
          .one(),
      ).toBe(corey);
    });
  });

  it('24: distinct() is in the SQL of all(), count() and paginate(), and each row comes once', async () => {
    await inSession(dialect, async (session, sql) => {
      const [corey, alex] = [named('Corey'), named('Alex')];
      const posts = Array.from({ length: 5 }, (_, i) => blog(`t${i}`, { author: i < 3 ? corey : alex }));
      session.addAll([corey, alex, ...posts]);
      await session.commit();
      const users = session.query(User).filter({ posts: { title: { $like: 't%' } } });
      const authors = users.distinct();
      sql.length = 0;
      expect(await authors.all()).toEqual([corey, alex]);
      expect(await authors.count()).toBe(2);
      expect(sql).toEqual([authors.toSql(), expect.stringMatching(/count\(distinct/)]);
      expect(authors.toSql()).toMatch(/^select distinct /);
      expect(await authors.paginate({ page: 2, perPage: 1 })).toMatchObject({
        items: [alex],
        pages: 2,
        total: 2,
      });
      expect(await authors.orderBy('-username').limit(1).all()).toEqual([corey]);
      expect(await authors.limit(5).count()).toBe(2);
      expect([(await users.all()).length, await users.count()]).toEqual([2, 2]);
      const ordered = session.query(Post).distinct().orderBy('author.username', 'title');
      expect((await ordered.limit(2).all()).map(post => post.title)).toEqual(['t3', 't4']);
      const seen: string[] = [];
      for await (const user of authors) seen.push(user.username);
      expect(seen).toEqual(['Corey', 'Alex']);
    });
  });

  it('24: for await reads in batches and gives every row once', async () => {
    await inSession(dialect, async (session, sql) => {
      session.addAll(Array.from({ length: 1201 }, (_, i) => named(`u${i}`)));
      await session.commit();
      sql.length = 0;
      const seen: string[] = [];
      for await (const user of session.query(User).limit(1101)) seen.push(user.username);
      expect([seen.length, new Set(seen).size, sql.length]).toEqual([1101, 1101, 4]);
    });
  });

  it('25: first, one, get and their kin', async () => {
    await inSession(dialect, async (session, sql) => {
      session.addAll([named('Corey'), named('Alex')]);
      await session.commit();
      sql.length = 0;
      const users = session.query(User);
      expect(await users.first()).toMatchObject({ username: 'Corey' });
      expect(sql[0]).toMatch(/limit 1$/);
      const none = users.filterBy({ username: 'x' });
      expect([await none.first(), await none.oneOrNone(), await users.get(99)]).toEqual([null, null, null]);
      await expect(none.one()).rejects.toMatchObject({ name: 'NotFound', message: 'No User matches' });
      await expect(none.firstOrFail()).rejects.toMatchObject({ name: 'NotFound' });
      await expect(users.one()).rejects.toMatchObject({
        name: 'MultipleRows',
        message: 'More than one User matches',
      });
      await expect(users.getOrFail(99)).rejects.toThrow('There is no User with the primary key 99');
      expect([await users.exists(), await none.exists(), await users.limit(1).count()]).toEqual([
        true,
        false,
        1,
      ]);
    });
  });

  it('26: null means IS NULL, filters are ANDed, and MikroORM conditions are taken', async () => {
    await inSession(dialect, async session => {
      session.addAll([named('a'), named('b'), named('c')]);
      await session.commit();
      const users = session.query(User);
      expect(await users.filterBy({ username: null }).all()).toEqual([]);
      expect(await users.filterBy({ username: 'a' }).filterBy({ email: 'b@demo.com' }).count()).toBe(0);
      expect(
        await users
          .filter({ username: { $gt: 'a' } })
          .filter({ username: { $in: ['a', 'b'] } })
          .all(),
      ).toMatchObject([{ username: 'b' }]);
      expect(() => users.filterBy('a' as unknown as object)).toThrow(
        'filterBy() takes an object of fields and values',
      );
    });
  });

  it('27: filter after limit, and update or delete after limit or orderBy, are errors', async () => {
    await inSession(dialect, async session => {
      const users = session.query(User);
      expect(() => users.limit(1).filterBy({ id: 1 })).toThrow(
        'filterBy() cannot come after limit() or offset()',
      );
      expect(() => users.offset(1).filter({ id: 1 })).toThrow(
        'filter() cannot come after limit() or offset()',
      );
      expect(() => users.limit(1).update({ password: 'x' })).toThrow(/^update\(\) would touch more rows/);
      expect(() => users.orderBy('id').delete()).toThrow(/^delete\(\) would touch more rows/);
      expect(() => users.limit(-1)).toThrow('limit() takes a whole number of at least 0, and got -1');
      expect(() => users.filterBy({ id: 1 }).get(1)).toThrow('get() looks for a primary key');
    });
  });

  it('28: update and delete give the row count, are not committed, and loaded objects show it', async () => {
    await inSession(dialect, async session => {
      const [corey, alex] = [named('Corey'), named('Alex')];
      session.addAll([corey, alex]);
      await session.commit();
      expect(await session.query(User).filterBy({ username: 'Corey' }).update({ password: 'new' })).toBe(1);
      expect(await session.read(corey, 'password')).toBe('new');
      expect(await session.query(User).filterBy({ username: 'Alex' }).delete()).toBe(1);
      expect(String(await session.rollback())).toBe('rolled back 1 changed (User), 1 removed (User)');
      expect([await session.read(corey, 'password'), await session.query(User).count()]).toEqual(['p', 2]);
      await session.query(User).update({ password: 'all' });
      expect(String(await session.commit())).toBe('committed 2 changed (User)');
      expect(() => session.query(User).update({ pasword: 'x' })).toThrow(/did you mean 'password'/);
    });
  });

  it('29: paginate() gives items and what a pager needs', async () => {
    await inSession(dialect, async session => {
      session.addAll(Array.from({ length: 5 }, (_, i) => named(`u${i}`)));
      await session.commit();
      const users = session.query(User);
      const second = await users.paginate({ page: 2, perPage: 2 });
      expect(second).toMatchObject({ page: 2, perPage: 2, pages: 3, total: 5, hasNext: true, hasPrev: true });
      expect(second.items.map(user => user.username)).toEqual(['u2', 'u3']);
      expect(await users.paginate({ page: 3, perPage: 2 })).toMatchObject({
        hasNext: false,
        items: [{ username: 'u4' }],
      });
      await expect(users.paginate({ page: 4, perPage: 2 })).rejects.toThrow(
        'There is no page 4; there are 3 pages',
      );
      expect(await users.paginate({ page: 4, perPage: 2, errorOut: false })).toMatchObject({
        items: [],
        total: 5,
      });
      expect(await users.filterBy({ id: 0 }).paginate()).toMatchObject({ items: [], pages: 0, page: 1 });
    });
  });
});
