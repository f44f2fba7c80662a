import { describe, expect, it } from '@jest/globals';
import { Collection, defineEntity, p } from '@mikro-orm/core';
import { inspect } from 'node:util';
import { openSession } from '../../../src/index.ts';

class Shelf {
  declare id: number;
  declare name: string;
  declare secret: string;
  declare books: Collection<Book>;
  constructor(fields: object = {}) {
    this.books = new Collection<Book>(this);
    Object.assign(this, fields);
  }
}
class Book {
  declare id: number;
  declare title: string;
  declare shelf: Shelf;
  constructor(fields: object = {}) {
    Object.assign(this, fields);
  }
}
class Loud {
  declare id: number;
  [inspect.custom](): string {
    return 'LOUD';
  }
}

const shelf = defineEntity({
  name: 'Shelf',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    secret: p.string().hidden(),
    books: () => p.oneToMany(Book).mappedBy('shelf'),
  },
});
shelf.setClass(Shelf);
const book = defineEntity({
  name: 'Book',
  properties: { id: p.integer().primary(), title: p.string(), shelf: () => p.manyToOne(Shelf) },
});
book.setClass(Book);
const loud = defineEntity({ name: 'Loud', properties: { id: p.integer().primary() } });
loud.setClass(Loud);

class Account {
  declare region: string;
  declare secret: string;
}
class Link {
  declare account: Account;
  declare no: number;
}
defineEntity({
  name: 'Account',
  properties: { region: p.string().primary(), secret: p.string().primary().hidden() },
}).setClass(Account);
defineEntity({
  name: 'Link',
  properties: { account: () => p.manyToOne(Account).primary(), no: p.integer().primary() },
}).setClass(Link);

describe('inspect', () => {
  it('shows entities without toString() as class and fields, and what is not loaded', async () => {
    const session = await openSession({ url: 'sqlite::memory:', entities: [Shelf, Book, Loud] });
    await session.createAll();
    const made = new Shelf({ name: 'top', secret: 'xyz' });
    expect(inspect(made)).toBe("Shelf { name: 'top', books: [] }");
    session.add(new Book({ title: 'Dune', shelf: made }));
    await session.commit();
    session.em.clear();
    const [top] = await session.query(Shelf).all();
    expect(inspect(top)).toBe("Shelf { id: 1, name: 'top', books: <not loaded> }");
    expect(inspect(top?.books)).toBe('<not loaded>');
    const dune = await session.query(Book).one();
    expect(inspect([dune])).toBe(
      "[\n  Book {\n    id: 1,\n    title: 'Dune',\n    shelf: Shelf { id: 1, name: 'top', books: <not loaded> }\n  }\n]",
    );
    await session.read(top, 'books');
    expect(inspect(top?.books, { depth: 0 })).toBe('[ [Book] ]');
    expect(inspect(dune, { depth: 10 })).toContain('[Circular Book]');
    expect(inspect(dune, { depth: null })).toContain('[Circular Book]');
    session.em.clear();
    const alone = await session.query(Book).one();
    expect(inspect(alone)).toBe("Book { id: 1, title: 'Dune', shelf: <not loaded> }");
    expect(inspect(alone.shelf)).toBe('Shelf { 1 <not loaded> }');
    expect(inspect(new Loud())).toBe('LOUD');
    await session.close();
  });

  it('shows what is not loaded without what of its key is hidden', async () => {
    const session = await openSession({ url: 'sqlite::memory:', entities: [Account, Link] });
    const account = session.em.getReference(Account, ['eu', 'xyz'] as never);
    const link = session.em.getReference(Link, [['eu', 'xyz'], 1] as never);
    expect(inspect(account)).toBe('Account { eu, <hidden> <not loaded> }');
    expect(inspect(link)).toBe('Link { eu, <hidden>, 1 <not loaded> }');
    await session.close();
  });
});
