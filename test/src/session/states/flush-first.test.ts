// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { FlushMode } from '@mikro-orm/core';
import type { Session } from '../../../../src/index.ts';
import { dialects, inSession } from '../../../support/databases.ts';
import { Author, Book, family, Profile, Student, Tag } from '../../fixtures/family.ts';

type Em = Session['em'];

/** What there is: Ann with the profile p and the book b, which has the tag s, Bob, the book c, and the tag t. */
interface World {
  readonly session: Session;
  readonly ann: Author;
  readonly bob: Author;
  readonly profile: Profile;
  readonly book: Book;
  readonly other: Book;
  readonly tag: Tag;
}

/** What is staged, and what SQL reads of it once it is written. */
const CHANGES: Record<string, readonly [stage: (world: World) => void, sql: string, written: unknown[]]> = {
  'a field': [({ book }) => (book.title = 'x'), 'select title as x from book', ['x', 'c']],
  'an embedded field': [
    ({ ann }) => (ann.home.city = 'x'),
    'select home_city as x from author',
    ['x', 'Rome'],
  ],
  'a reference': [({ other, bob }) => (other.author = bob), 'select author_id as x from book', [1, 2]],
  'no reference': [({ book }) => (book.author = null), 'select author_id as x from book', [null, null]],
  'a one-to-one': [({ profile, bob }) => (profile.author = bob), 'select author_id as x from profile', [2]],
  'its other side': [
    ({ profile, bob }) => (bob.profile = profile),
    'select author_id as x from profile',
    [2],
  ],
  'a list that gets one': [
    ({ ann, other }) => ann.books.add(other),
    'select author_id as x from book',
    [1, 1],
  ],
  'a list that loses one': [
    ({ ann, book }) => ann.books.remove(book),
    'select author_id as x from book',
    [null, null],
  ],
  'links that are more': [({ book, tag }) => book.tags.add(tag), 'select tag_id as x from book_tags', [1, 2]],
  'links that are less': [({ book }) => book.tags.removeAll(), 'select tag_id as x from book_tags', []],
  'a new object': [
    ({ session }) => session.add(new Book('n')),
    'select title as x from book',
    ['b', 'c', 'n'],
  ],
  'a removed one': [({ session, other }) => void session.remove(other), 'select title as x from book', ['b']],
};

const builder = (em: Em) => em.createQueryBuilder(Book, 'b').select('*');
const joined = (em: Em) =>
  builder(em)
    .leftJoinAndSelect('b.author', 'a')
    .leftJoinAndSelect('a.profile', 'p')
    .leftJoinAndSelect('b.tags', 't');
const each = async (rows: AsyncIterable<object>) => {
  for await (const _row of rows) continue;
};

/** What asks for rows. */
const ASKING: Record<string, (em: Em, world: World) => Promise<unknown>> = {
  find: em => em.find(Book, {}),
  'find past the identity map': em => em.find(Book, {}, { disableIdentityMap: true }),
  'find of another class': em => em.find(Student, {}),
  'find, read again': em => em.find(Book, {}, { refresh: true }),
  'find in joins': em => em.find(Author, {}, { populate: ['books', 'profile'], strategy: 'joined' }),
  findAll: em => em.findAll(Book),
  findAndCount: em => em.findAndCount(Book, {}),
  findByCursor: em => em.findByCursor(Book, { first: 2, orderBy: { id: 1 } }),
  findOne: em => em.findOne(Book, { title: 'none' }),
  count: em => em.count(Book),
  countBy: em => em.countBy(Book, 'price'),
  populate: (em, { ann }) => em.populate([ann], ['profile']),
  stream: em => each(em.stream(Book)),
  'getResult of a builder': em => builder(em).getResult(),
  'getResultList of one with joins': em => joined(em).getResultList(),
  'getSingleResult of a builder': em => builder(em).getSingleResult(),
  'getCount of a builder': em => builder(em).getCount(),
  'getCount of a copy': em => builder(em).clone().getCount(),
  'getResultAndCount of a builder': em => builder(em).getResultAndCount(),
  'stream of a builder': em => each(builder(em).stream()),
  'getResult of a repository': em => em.getRepository(Book).createQueryBuilder().getResult(),
};

/** What takes in rows, and flushes nothing. */
const UNFLUSHED: Record<string, (em: Em) => unknown> = {
  find: em => em.find(Book, {}, { flushMode: FlushMode.COMMIT, populate: ['author', 'tags'] }),
  'a builder': em => builder(em).setFlushMode(FlushMode.COMMIT).getResultList(),
  'a builder with joins': em => joined(em).setFlushMode(FlushMode.COMMIT).getResultList(),
  map: em => [
    em.map(Book, { id: 1, title: 'b', price: 3, author_id: 1 }),
    em.map(Book, { id: 2, title: 'c', price: 3, author_id: null }),
    em.map(Profile, { id: 1, text: 'p', author_id: 1 }),
  ],
};

describe.each(dialects)('what is staged, on %s', dialect => {
  const inWorld = (test: (world: World) => Promise<void>) =>
    inSession(
      dialect,
      async session => {
        const [ann, bob] = [new Author('Ann'), new Author('Bob')];
        const [book, other] = [new Book('b', ann), new Book('c', null)];
        const [first, tag, profile] = [new Tag('s'), new Tag('t'), new Profile('p')];
        profile.author = ann;
        book.tags.add(first);
        session.addAll([ann, bob, book, other, first, tag, profile]);
        await session.commit();
        await session.touch([ann, bob, book, other, profile, ann.books, book.tags]);
        await test({ session, ann, bob, book, other, profile, tag });
      },
      { entities: family, ...(dialect === 'sqlite' && { url: 'sqlite::memory:' }) },
    );
  const stored = async ({ em }: Session, sql: string) => {
    const key = sql.includes('tag_id') ? 'tag_id' : 'id';
    const rows = await em.execute<{ x: unknown }[]>(`${sql} order by ${key}`);
    return rows.map(({ x }) => x);
  };

  it.each([
    ...Object.keys(ASKING).map(ask => ['a field', ask] as const),
    ...Object.keys(CHANGES).map(change => [change, 'find of another class'] as const),
  ])('8: is written before em is asked: %s, %s', (change, ask) =>
    inWorld(async world => {
      const { session } = world;
      const [stage, sql, written] = CHANGES[change]!;
      stage(world);
      await ASKING[ask]!(session.em, world);
      expect([String(session.pending), session.inTransaction]).toEqual(['nothing staged', false]);
      expect(await stored(session, sql)).toEqual(written);
      expect(String(await session.commit())).toBe('nothing to commit');
    }),
  );

  it.each(
    Object.keys(CHANGES).flatMap(change => Object.keys(UNFLUSHED).map(take => [change, take] as const)),
  )('40: stays staged whatever a row holds: %s, %s', (change, take) =>
    inWorld(async world => {
      const { session } = world;
      const [stage, sql, written] = CHANGES[change]!;
      stage(world);
      const pending = String(session.pending);
      await UNFLUSHED[take]!(session.em);
      expect(String(session.pending)).toBe(pending);
      await session.commit();
      expect(await stored(session, sql)).toEqual(written);
    }),
  );

  it('8: what the function of em.transactional() changes is written before its em is asked', () =>
    inWorld(async ({ session: { em }, book }) => {
      const title = { title: 'x' };
      const seen = await em.transactional(async inner => {
        book.title = 'x';
        const counts = [await inner.count(Book, title)];
        counts.push(await inner.createQueryBuilder(Author).where({ books: title }).getCount());
        book.title = 'y';
        return [...counts, await inner.createQueryBuilder(Book).where(title).clone().getCount()];
      });
      expect(seen).toEqual([1, 1, 0]);
    }));

  it('19: what cannot be written fails the call, and stays staged', () =>
    inWorld(async ({ session, book, other }) => {
      book.title = other.title;
      for (const ask of Object.values(ASKING))
        await expect(ask(session.em, {} as World)).rejects.toMatchObject({ name: 'UniqueViolation' });
      expect([book.title, String(session.pending)]).toEqual(['c', '1 changed (Book)']);
    }));
});
