// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { Post, User } from '../../../src/index.ts';
import { dialects, inSession } from '../../support/databases.ts';
import { type Script, testScripts } from '../../support/typed.ts';
import { Product, shop, Tag } from '../fixtures/shop.ts';

describe.each(dialects)('expunge() on %s', dialect => {
  it('23: what refers to the object refers to the row afterwards, and merge() gives the one twin', async () => {
    await inSession(dialect, async session => {
      const user = new User({ username: 'a', email: 'a', password: 'p' });
      const post = new Post({ title: 't', content: 'c', author: user });
      session.add(post);
      await session.commit();
      await session.touch(user);
      await session.touch(await session.read(user, 'posts'));
      session.expunge(user);
      expect([...user.posts]).toEqual([post]);
      const author = (await session.read(post, 'author')) as User;
      expect([author === user, author.username, session.dirty]).toEqual([false, 'a', []]);
      const twin = await session.merge(user);
      expect(twin === author).toBe(true);
      post.title = 'u';
      await session.query(User).update({ password: 'q' });
      expect([await session.read(twin, 'password'), user.password]).toEqual(['q', 'p']);
      await session.commit();
      expect((await session.query(User).one()) === twin).toBe(true);
      expect(session.has(user)).toBe(false);
      await session.dropAll();
      expect([await session.read(twin, 'password'), user.username]).toEqual(['q', 'a']);
    });
  });

  it('23: what one after another leave behind refers to the rows, whatever is done meanwhile', async () => {
    await inSession(dialect, async session => {
      const users = ['a', 'b', 'c', 'd'].map(
        name => new User({ username: name, email: name, password: 'p' }),
      );
      const posts = users.map(author => new Post({ title: 't', content: 'c', author }));
      session.addAll(posts);
      await session.commit();
      for (const one of [...users, ...posts]) await session.touch(one);
      const [a, b, c, d] = users as [User, User, User, User];
      const [ofA, ofB, ofC, ofD] = posts as [Post, Post, Post, Post];
      session.expunge(a);
      // What left before keeps what it refers to.
      session.expunge(ofB);
      session.expunge(b);
      ofD.author = c;
      session.expunge(c);
      session.add(c);
      session.expunge(d);
      expect([ofA.author === a, ofB.author === b, ofC.author === c, ofD.author === c]).toEqual([
        false,
        true,
        true,
        true,
      ]);
      session.expunge(c);
      expect([ofC, ofD].map(post => [post.author === c, post.author?.id === c.id])).toEqual(
        Array.from({ length: 2 }, () => [false, true]),
      );
      expect(String(await session.commit())).toBe('committed 1 changed (Post)');
      expect([users.some(one => session.has(one)), await session.query(User).count()]).toEqual([false, 4]);
    });
  });

  it('4, 11: what is new and expunged is not brought back by what stays', async () => {
    await inSession(dialect, async session => {
      const user = new User({ username: 'a', email: 'a', password: 'p' });
      const [one, two] = ['one', 'two'].map(title => new Post({ title, content: 'c', author: user }));
      session.addAll([one!, two!]);
      session.expunge(two!);
      expect([session.new, session.has(two!), [...user.posts]]).toEqual([[one, user], false, [one]]);
      session.expunge(user);
      expect([session.new, one!.author, two!.author]).toEqual([[one], null, user]);
      expect(String(await session.commit())).toBe('committed 1 new (Post)');
    });
  });

  it('23: an expunged object can be added again, in the place of the reference that it left', async () => {
    await inSession(dialect, async session => {
      const user = new User({ username: 'a', email: 'a', password: 'p' });
      const post = new Post({ title: 't', content: 'c', author: user });
      session.add(post);
      await session.commit();
      await session.touch(user);
      session.expunge(user);
      expect(post.author).not.toBe(user);
      user.email = 'changed';
      session.add(user);
      expect([post.author, session.dirty]).toEqual([user, [user]]);
      expect(String(await session.commit())).toBe('committed 1 changed (User)');
      expect(await session.get(User, user.id)).toBe(user);
    });
  });

  it('23: a list that had expired is not known', async () => {
    await inSession(dialect, async session => {
      const user = new User({ username: 'a', email: 'a', password: 'p' });
      const other = new User({ username: 'b', email: 'b', password: 'p' });
      session.addAll([user, other, new Post({ title: 't', content: 'c', author: other })]);
      await session.commit();
      session.expunge(user);
      await session.touch(other.posts);
      session.expunge(other);
      expect(() => session.read(user, 'posts')).toThrow(
        /^User\.posts is not loaded, and this User is detached/,
      );
      expect(((await session.read(other, 'posts')) as User['posts']).length).toBe(1);
      session.add(user);
      expect([...((await session.read(user, 'posts')) as User['posts'])]).toEqual([]);
    });
  });

  it('23: a list of members has its twin in its place, and is not changed', async () => {
    const run: Parameters<typeof inSession>[1] = async session => {
      const [chair, oak, ash] = [new Product('chair'), new Tag('oak'), new Tag('ash')];
      chair.tags.add(oak, ash);
      session.add(chair);
      await session.commit();
      await session.query(Product).populate('tags.products').all();
      session.expunge(oak);
      expect([session.dirty, session.new]).toEqual([[], []]);
      expect(String(await session.commit())).toBe('nothing to commit');
      const tags = (await session.read(chair, 'tags')) as Product['tags'];
      expect(tags.map(tag => [tag.name, tag === oak])).toEqual([
        ['oak', false],
        ['ash', false],
      ]);
      chair.name = 'stool';
      tags.remove(ash);
      await session.commit();
      expect(
        (
          await session
            .query(Tag)
            .filterBy({ products: { name: 'stool' } })
            .one()
        ).name,
      ).toBe('oak');
      expect(session.has(oak)).toBe(false);
    };
    await inSession(dialect, run, { entities: shop });
  });
});

/** Ways in which rows go in the open transaction. */
const deletes = [
  'Guide.query.delete(); Author.query.delete()',
  'remove(g); remove(a); flush()',
  'flush(); em.nativeDelete(Guide, {}); em.nativeDelete(Author, {})',
];

testScripts(
  'an object that left the session after its row was deleted',
  deletes.flatMap((gone): Script[] =>
    Object.entries({
      'rollback()': `em.begin(); ${gone}; expunge(a); rollback()`,
      'nested() that fails': `try { nested(async () => { ${gone}; expunge(a); throw 1 }) } catch {}`,
    }).map(([by, undone]) => [
      `16, 18: has its row again by ${by}, and is not new: ${gone}`,
      `> g = new Guide('g'); a = new Author('a'); g.author = a; add(g); commit(); g.author; commit()
      nothing to commit
      > ${undone}; 0
      0
      > [session.new, session.has(a), session.dirty, a.id]
      [ [], false, [], 1 ]
      > commit()
      nothing to commit
      > [g.author.name, g.author === a, Author.query.count()]
      [ 'a', false, 1 ]
      > expunge(g.author); a.name = 'z'; add(a); commit()
      committed 1 changed (Author)`,
    ]),
  ),
);
