import { describe, expect, it } from '@jest/globals';
import { Post, type Session, User } from '../../../src/index.ts';
import { dialects, inSession } from '../../support/databases.ts';
import { Product, shop, Tag } from '../fixtures/shop.ts';

const user = (name: string) => new User({ username: name, email: name, password: 'p' });

async function written(session: Session): Promise<{ author: User; posts: readonly Post[] }> {
  const author = user('a');
  for (const title of ['0', '1', '2', '3', '4', '5', '6'])
    session.add(new Post({ title, content: 'c', author }));
  await session.commit();
  await session.touch(author);
  await session.touch(await session.read(author, 'posts'));
  return { author, posts: [...author.posts] };
}

/** What each way of looking at a list gives. */
function looks(list: User['posts']): readonly (readonly unknown[])[] {
  const indexed = Object.keys(list)
    .filter(key => /^\d+$/.test(key))
    .map(key => Reflect.get(list, key) as Post);
  return [[...list], list.map(each => each), list.filter(() => true), list.slice(), indexed].map(items =>
    items.map(item => item.id),
  );
}

describe.each(dialects)('what leaves a list, on %s', dialect => {
  it.each<[string, (posts: readonly Post[], session: Session) => unknown, number[]]>([
    [
      'is removed',
      ([, one, , three], session) => [session.remove(three!), session.remove(one!)],
      [1, 3, 5, 6, 7],
    ],
    ['is moved', ([zero, , two]) => [zero, two].map(post => (post!.author = user('b'))), [2, 4, 5, 6, 7]],
    [
      'is taken out',
      ([zero, , , , , , six]) => [six!.author!.posts.remove(six!), zero!.author!.posts.remove(zero!)],
      [2, 3, 4, 5, 6],
    ],
    ['is the last one', ([, , , , , , six], session) => session.remove(six!), [1, 2, 3, 4, 5, 6]],
    [
      'is expunged, and leaves another object of its row in its place',
      ([zero, , two, , , five], session) => [five!, zero!, two!].forEach(post => session.expunge(post)),
      [1, 2, 3, 4, 5, 6, 7],
    ],
    [
      'is removed where others are expunged',
      ([zero, one, two, , four], session) => [
        session.expunge(two!),
        session.remove(four!),
        session.expunge(zero!),
        one!.author!.posts.remove(one!),
      ],
      [1, 3, 4, 6, 7],
    ],
  ])('%s', async (_name, leave, left) => {
    await inSession(dialect, async session => {
      const { author, posts } = await written(session);
      await leave(posts, session);
      expect(looks(author.posts)).toEqual(Array.from({ length: 5 }, () => left));
    });
  });

  it('is gone from the list on both sides', async () => {
    const run: Parameters<typeof inSession>[1] = async session => {
      const tags = ['oak', 'ash', 'elm'].map(name => new Tag(name));
      const chair = new Product('chair');
      chair.tags.add(...(tags as [Tag, ...Tag[]]));
      session.add(chair);
      await session.commit();
      await session.query(Product).populate('tags.products').all();
      expect(chair.tags.remove(tags[0]!)).toBe(1);
      expect(chair.tags.remove(tags[0]!)).toBe(0);
      session.expunge(tags[1]!);
      expect(session.dirty).toEqual([chair]);
      expect([tags[0]!.products.length, chair.tags.map(({ name }) => name)]).toEqual([0, [undefined, 'elm']]);
      expect(String(await session.commit())).toBe('committed 1 changed (Product)');
      expect((await session.query(Tag).filterBy({ products: chair }).all()).map(({ name }) => name)).toEqual([
        'ash',
        'elm',
      ]);
    };
    await inSession(dialect, run, { entities: shop });
  });
});
