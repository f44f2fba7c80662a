import { Collection, defineEntity, p, type Ref } from '@mikro-orm/core';

/** Entities with what a blog lacks: enums, embedded objects, references, keys of several parts, subclasses. */
export class Address {
  declare street: string;
  declare city: string;
}

export class Library {
  declare id: number;
  declare name: string;
  declare address: Address;
  declare openDays: string[];
  shelves = new Collection<Shelf>(this);
}

/** Its key has two parts. */
export class Shelf {
  declare library: Library;
  declare no: number;
  declare label: string | null;
  books = new Collection<Book>(this);
}

export class Author {
  declare id: number;
  declare firstName: string;
  declare lastName: string;
  declare born: Date | null;
  declare secretNote: string;
  declare mentor: Author | null;
  books = new Collection<Book>(this);

  get fullName(): string {
    return `${this.firstName} ${this.lastName}`;
  }

  greet(): string {
    return `Hello, ${this.firstName}`;
  }
}

export class Book {
  declare id: number;
  declare title: string;
  declare genre: 'novel' | 'poetry' | 'science';
  declare rating: 1 | 2 | 3;
  declare isLent: boolean;
  declare pages: number;
  declare price: bigint;
  declare published: Date;
  declare tags: string[];
  declare extra: { color?: string };
  declare author: Ref<Author>;
  declare shelf: Shelf | null;
  declare origin: Address | null;
  topics = new Collection<Topic>(this);

  constructor(title: string, author: Author) {
    this.title = title;
    this.author = author as never;
  }
}

export class Topic {
  declare code: string;
  declare about: string;
  books = new Collection<Book>(this);
}

export class Reader {
  declare id: number;
  declare name: string;
  declare favorite: Ref<Book> | null;
}

export class Member extends Reader {
  declare since: Date;
  declare level: 'basic' | 'gold';
}

class Guest extends Reader {
  declare host: Member | null;
}

const define = defineEntity;

define({ name: 'Address', embeddable: true, properties: { street: p.string(), city: p.string() } }).setClass(
  Address,
);

define({
  name: 'Library',
  properties: {
    id: p.integer().primary(),
    name: p.string().unique(),
    address: () => p.embedded(Address),
    openDays: p.array(),
    shelves: () => p.oneToMany(Shelf).mappedBy('library'),
  },
}).setClass(Library);

define({
  name: 'Shelf',
  properties: {
    library: () => p.manyToOne(Library).primary(),
    no: p.integer().primary(),
    label: p.string().nullable(),
    books: () => p.oneToMany(Book).mappedBy('shelf'),
  },
}).setClass(Shelf);

define({
  name: 'Author',
  properties: {
    id: p.integer().primary(),
    firstName: p.string(),
    lastName: p.string(),
    born: p.datetime().nullable(),
    secretNote: p.string().hidden().default(''),
    mentor: () => p.manyToOne(Author).nullable(),
    books: () => p.oneToMany(Book).mappedBy('author'),
  },
}).setClass(Author);

define({
  name: 'Book',
  properties: {
    id: p.integer().primary(),
    title: p.string(),
    genre: p.enum(['novel', 'poetry', 'science']),
    rating: p.enum([1, 2, 3]),
    isLent: p.boolean().default(false),
    pages: p.integer().nullable(),
    price: p.bigint(),
    published: p.datetime(),
    tags: p.array(),
    extra: p.json<Book['extra']>(),
    author: () => p.manyToOne(Author).ref(),
    shelf: () => p.manyToOne(Shelf).nullable(),
    origin: () => p.embedded(Address).object().nullable(),
    topics: () => p.manyToMany(Topic).inversedBy('books'),
  },
}).setClass(Book);

define({
  name: 'Topic',
  properties: {
    code: p.string().primary(),
    about: p.text().lazy(),
    books: () => p.manyToMany(Book).mappedBy('topics'),
  },
}).setClass(Topic);

define({
  name: 'Reader',
  discriminatorColumn: 'kind',
  discriminatorValue: 'reader',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    favorite: () => p.manyToOne(Book).ref().nullable(),
  },
}).setClass(Reader);

define({
  name: 'Member',
  extends: Reader,
  discriminatorValue: 'member',
  properties: { since: p.datetime(), level: p.enum(['basic', 'gold']) },
}).setClass(Member);

define({
  name: 'Guest',
  extends: Reader,
  discriminatorValue: 'guest',
  properties: { host: () => p.manyToOne(Member).nullable() },
}).setClass(Guest);

export const library = [Address, Library, Shelf, Author, Book, Topic, Reader, Member, Guest];
