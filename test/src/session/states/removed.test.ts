// The numbers in the names are those of docs/session.md.
import { Collection, type EntityProperty, Reference, ScalarReference, wrap } from '@mikro-orm/core';
import { describe, expect, it } from '@jest/globals';
import type { Session } from '../../../../src/index.ts';
import { dialects, inSession } from '../../../support/databases.ts';
import {
  Author,
  Book,
  Country,
  Course,
  Enrollment,
  family,
  Guide,
  Item,
  Order,
  Profile,
  Student,
  Tag,
  Town,
} from '../../fixtures/family.ts';

/** Objects of every kind of property, set and never set, each with what it refers to. Names are taken once. */
const makers: Readonly<Record<string, (name: string) => object>> = {
  'an author of everything': name => {
    const author = new Author(name);
    author.profile = new Profile('p');
    author.books.add(new Book(`${name} 1`), new Book(`${name} 2`));
    author.tags.add(new Tag(name));
    return author;
  },
  'an author of nothing': name =>
    Object.assign(new Author(name), { age: undefined, bio: undefined, meta: undefined, kind: undefined }),
  'a book of an author': name => new Book(name, new Author(name)),
  'a book without one': name => new Book(name),
  'a guide with references': name =>
    Object.assign(new Guide('g'), {
      author: Reference.create(new Author(name)),
      note: new ScalarReference('n'),
    }),
  'a guide without them': () => new Guide('g'),
  'a profile without an author': () => new Profile('p'),
  'a town of a country': name => new Town('t', new Country(name, name)),
  'a key of two relations': () => new Enrollment(new Student('s'), new Course('m'), 3),
};

/** Where the object comes from when it is removed. */
const origins: Readonly<Record<string, (session: Session, made: object) => Promise<unknown>>> = {
  flushed: session => session.flush(),
  committed: session => session.commit(),
  refreshed: async (session, made) => {
    await session.commit();
    await session.refresh(made);
  },
};

const removals: Readonly<Record<string, (session: Session, made: object) => Promise<unknown>>> = {
  'a flush': async (session, made) => {
    await session.remove(made);
    return session.flush();
  },
  'a commit': async (session, made) => {
    await session.remove(made);
    return session.commit();
  },
  'nested() and a commit': async (session, made) => {
    await session.nested(() => Promise.resolve(session.remove(made)));
    await session.commit();
  },
};

const cases = Object.entries(origins).flatMap(([origin, come]) =>
  Object.entries(removals).map(([removal, remove]) => ({
    name: `${origin}, after ${removal}`,
    come,
    remove,
  })),
);

describe.each(dialects)('what was removed on %s', dialect => {
  it.each(Object.entries(makers))('17, 38: %s is readable as before', (_, make) =>
    inSession(
      dialect,
      async session => {
        for (const { name, come, remove } of cases) {
          const made = make(name);
          session.add(made);
          await come(session, made);
          const before = await known(session, made);
          await remove(session, made);
          expect({ name, ...(await known(session, made)) }).toEqual({ name, ...before });
        }
      },
      { entities: family, ...(dialect === 'sqlite' && { url: 'sqlite::memory:' }) },
    ),
  );
});

describe.each(dialects)('remove() on %s', dialect => {
  it('38: is waited for where it has to look for what goes with the object', () =>
    inSession(
      dialect,
      async session => {
        const order = new Order('o');
        order.items.add(new Item('i'));
        session.addAll([order, new Book('b')]);
        await session.commit();
        expect(session.remove(await session.query(Book).one())).toBeUndefined();
        await session.rollback();
        session.em.clear();
        const looking = session.remove(await session.query(Order).one());
        expect(session.deleted).toHaveLength(1);
        expect(looking).toBeInstanceOf(Promise);
        await looking;
        expect(session.deleted).toHaveLength(2);
      },
      { entities: family, ...(dialect === 'sqlite' && { url: 'sqlite::memory:' }) },
    ));
});

/** What every property shows; undefined is an answer, too. */
async function known(session: Session, entity: object): Promise<object> {
  const shown: Record<string, unknown> = {};
  for (const { name: field, embedded } of wrap(entity, true).__meta.props as EntityProperty[]) {
    if (embedded !== undefined) continue;
    const value: unknown = await session.read(entity, field);
    if (value instanceof Collection) shown[`.${field}`] = value.getItems(false);
    else if (value instanceof ScalarReference) shown[`.${field}`] = await value.load();
    else shown[`.${field}`] = Reference.unwrapReference(value as object);
  }
  return shown;
}
