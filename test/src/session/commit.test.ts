// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { defineEntity, p } from '@mikro-orm/core';
import { Post, User } from '../../../src/index.ts';
import { dialects, inSession } from '../../support/databases.ts';
import { Product, shop, Tag } from '../fixtures/shop.ts';

const named = (username: string, fields: object = {}) => {
  return new User({ username, email: `${username}@demo.com`, password: 'p', ...fields });
};
const blog = (title: string, fields: object = {}) => new Post({ title, content: 'c', ...fields });

class Shelf {
  declare id: number;
}
class Book {
  declare id: number;
  declare shelf: Shelf;
  constructor(shelf: Shelf) {
    this.shelf = shelf;
  }
}
defineEntity({ name: 'Shelf', properties: { id: p.integer().primary() } }).setClass(Shelf);
defineEntity({
  name: 'Book',
  properties: { id: p.integer().primary(), shelf: () => p.manyToOne(Shelf) },
}).setClass(Book);

describe.each(dialects)('commit on %s', dialect => {
  it('6: commit() is one transaction for everything staged', async () => {
    await inSession(dialect, async (session, sql) => {
      const users = [named('Corey'), named('Alex')];
      session.addAll(users);
      await session.commit();
      expect([sql[0], sql.at(-1), sql.length]).toEqual(['begin', 'commit', 3]);
      users[0]!.email = 'new@demo.com';
      session.add(blog('Blog 1', { author: users[0]! }));
      await session.remove(users[1]!);
      const report = await session.commit();
      expect(String(report)).toBe('committed 1 new (Post), 1 changed (User), 1 removed (User)');
      expect([report.new, report.changed, report.removed]).toEqual([1, 1, 1]);
    });
  });

  it('6: after commit() the next look reads the database, with one query for all of a class', async () => {
    await inSession(dialect, async (session, sql) => {
      const users = Array.from({ length: 50 }, (_, i) => named(`u${i}`));
      session.addAll(users);
      await session.commit();
      await session.em.execute(`update "user" set password = 'raw'`);
      sql.length = 0;
      for (const user of users) expect(await session.read(user, 'password')).toBe('raw');
      expect(sql.length).toBe(1);
      expect(session.read(users[0], 'password')).toBe('raw');
    });
  });

  it('6: a primary key is read without SQL', async () => {
    await inSession(dialect, async (session, sql) => {
      const user = named('Corey');
      session.add(user);
      await session.commit();
      sql.length = 0;
      expect(session.read(user, 'id')).toBe(user.id);
      expect(sql).toEqual([]);
    });
  });

  it('6: what is assigned to an expired object survives its reload', async () => {
    await inSession(dialect, async session => {
      const user = named('Corey');
      session.add(user);
      await session.commit();
      await session.em.execute(`update "user" set email = 'raw'`);
      user.username = 'Changed';
      expect(await session.read(user, 'email')).toBe('raw');
      expect([user.username, session.dirty]).toEqual(['Changed', [user]]);
      await session.commit();
      expect(await session.em.execute('select username, email from "user"')).toEqual([
        { username: 'Changed', email: 'raw' },
      ]);
    });
  });

  it('6: a row that is gone is a clear error at the look', async () => {
    await inSession(dialect, async session => {
      const [user, other] = [named('Corey'), named('Alex')];
      session.addAll([user, other]);
      await session.commit();
      await session.em.execute(`delete from "user" where username = 'Corey'`);
      expect(await session.read(other, 'username')).toBe('Alex');
      const look = async () => session.read(user, 'username');
      await expect(look()).rejects.toMatchObject({
        name: 'ObjectDeleted',
        message: `User ${user.id} is no longer in the database`,
      });
      await expect(session.touch([user])).rejects.toThrow('no longer in the database');
    });
  });

  it('14: a list that was loaded shows new rows after commit()', async () => {
    await inSession(dialect, async (session, sql) => {
      const user = named('Corey');
      session.add(user);
      await session.commit();
      const posts = await session.read(user, 'posts');
      expect([...user.posts]).toEqual([]);
      session.addAll([blog('Blog 1', { userId: user.id }), blog('Blog 2', { userId: user.id })]);
      await session.commit();
      sql.length = 0;
      expect(await session.read(user, 'posts')).toBe(posts);
      expect(user.posts.map(post => post.title)).toEqual(['Blog 1', 'Blog 2']);
      expect(await session.read(posts, 'length')).toBe(2);
      expect(sql.length).toBe(1);
    });
  });

  it('19: a failed commit names entity, field and value, and keeps everything staged', async () => {
    await inSession(dialect, async (session, sql) => {
      const corey = named('Corey');
      session.add(corey);
      await session.commit();
      const twin = named('Corey', { email: 'other@demo.com' });
      const post = blog('Blog 1', { author: twin });
      session.addAll([named('Alex'), twin, post]);
      corey.password = 'changed';
      await expect(session.commit()).rejects.toMatchObject({
        name: 'UniqueViolation',
        message: "User.username 'Corey' is taken already",
        hint: 'Nothing was written and everything is still staged: change it and commit() again, or rollback().',
      });
      expect(session.em.isInTransaction()).toBe(false);
      expect([session.new.length, session.dirty, session.has(twin)]).toEqual([3, [corey], true]);
      expect([twin.id, post.id, [...twin.posts]]).toEqual([undefined, undefined, [post]]);
      expect(await session.em.execute('select count(*) as n from "user"')).toEqual([
        { n: dialect === 'sqlite' ? 1 : '1' },
      ]);
      twin.username = 'Corey2';
      sql.length = 0;
      expect(String(await session.commit())).toBe('committed 3 new (Post, User), 1 changed (User)');
      expect(await session.query(User).orderBy('username').all()).toMatchObject([
        { username: 'Alex' },
        { username: 'Corey', password: 'changed' },
        { username: 'Corey2' },
      ]);
      expect((await session.query(Post).one()).author).toBe(twin);
    });
  });

  it('19: what an earlier query flushed is staged again, too, with the values of now', async () => {
    await inSession(dialect, async session => {
      const corey = named('Corey');
      session.add(corey);
      await session.commit();
      const alex = named('Alex');
      session.add(alex);
      corey.email = 'second';
      expect(await session.query(User).count()).toBe(2);
      alex.password = 'later';
      const twin = named('Corey', { email: 'x' });
      session.add(twin);
      await expect(session.commit()).rejects.toMatchObject({ name: 'UniqueViolation' });
      expect(new Set(session.new)).toEqual(new Set([alex, twin]));
      expect([session.dirty, alex.id]).toEqual([[corey], undefined]);
      twin.username = 'Other';
      expect(String(await session.commit())).toBe('committed 2 new (User), 1 changed (User)');
      expect(await session.query(User).orderBy('username').all()).toMatchObject([
        { username: 'Alex', password: 'later' },
        { username: 'Corey', email: 'second' },
        { username: 'Other' },
      ]);
    });
  });

  it('19: a failed commit keeps removals staged, and says what refers to the row', async () => {
    const entities = [Shelf, Book];
    const test: Parameters<typeof inSession>[1] = async session => {
      const [top, empty] = [new Shelf(), new Shelf()];
      const book = new Book(top);
      session.addAll([top, empty, book]);
      await session.commit();
      await session.remove(empty);
      await session.remove(top);
      await expect(session.commit()).rejects.toMatchObject({
        name: 'ForeignKeyViolation',
        message: `Shelf ${top.id} cannot be removed: Book.shelf still refers to it`,
      });
      expect(new Set(session.deleted)).toEqual(new Set([empty, top]));
      await session.remove(book);
      expect(String(await session.commit())).toBe('committed 3 removed (Book, Shelf)');
      expect(await session.query(Shelf).count()).toBe(0);
    };
    await inSession(dialect, test, { entities });
  });

  it('19: missing and too long values are named before or by the database', async () => {
    await inSession(dialect, async session => {
      const user = new User({ username: 'a', email: 'a' });
      session.add(user);
      await expect(session.commit()).rejects.toMatchObject({
        name: 'MissingValue',
        message: 'User.password has no value, and it needs one',
      });
      user.password = 'p';
      user.username = 'x'.repeat(21);
      await expect(session.commit()).rejects.toMatchObject({ name: 'ValueTooLong' });
      user.username = 'é'.repeat(20);
      expect(String(await session.commit())).toBe('committed 1 new (User)');
    });
  });

  it('19: a reference to a row that does not exist is named', async () => {
    await inSession(dialect, async session => {
      const post = blog('Blog 1', { userId: 99 });
      session.add(post);
      await expect(session.commit()).rejects.toMatchObject({
        name: 'ForeignKeyViolation',
        message: 'User 99 is not in the database, and Post.author refers to it',
      });
      expect(session.new).toEqual([post]);
    });
  });

  it('6: a member of a many-to-many list with both sides loaded changes its owner, and no more', async () => {
    const run: Parameters<typeof inSession>[1] = async session => {
      const [chair, oak, ash] = [new Product('chair'), new Tag('oak'), new Tag('ash')];
      chair.tags.add(oak);
      session.addAll([chair, ash]);
      await session.commit();
      await session.query(Product).populate('tags.products').all();
      const products = (await session.read(oak, 'products')) as Tag['products'];
      products.remove(chair);
      expect([session.dirty, String(session.pending)]).toEqual([[chair], '1 changed (Product)']);
      expect(String(await session.flush())).toBe('flushed 1 changed (Product)');
      expect(String(await session.rollback())).toBe('rolled back 1 changed (Product)');
      await session.touch(oak.products);
      expect([...oak.products]).toEqual([chair]);
      ((await session.read(chair, 'tags')) as Product['tags']).set([ash]);
      expect(String(await session.commit())).toBe('committed 1 changed (Product)');
    };
    await inSession(dialect, run, { entities: shop });
  });
});
