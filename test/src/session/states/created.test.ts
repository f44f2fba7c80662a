// The numbers in the names are those of docs/session.md.
import { Collection, defineEntity, p, type Ref } from '@mikro-orm/core';
import { type Script, testScripts } from '../../../support/typed.ts';

/** Assigns the fields as constructors do, whatever they hold. */
function fill(entity: object, fields: object): void {
  for (const [name, value] of Object.entries(fields)) {
    const list: unknown = Reflect.get(entity, name);
    if (list instanceof Collection) list.set(value as object[]);
    else Reflect.set(entity, name, value);
  }
}

class Place {
  declare town: string;

  constructor(fields: object = {}) {
    fill(this, fields);
  }
}

class Writer {
  declare id: number;
  declare name: string;
  declare place: Place | null;
  declare places: Place[] | null;
  declare pen: Pen | null;
  books = new Collection<Book>(this);

  constructor(fields: object = {}) {
    fill(this, fields);
  }
}

class Pen {
  declare id: number;
  declare name: string;
  declare writer: Writer | null;

  constructor(fields: object = {}) {
    fill(this, fields);
  }
}

class Book {
  declare id: number;
  declare name: string;
  declare writer: Writer | null;
  declare editor: Ref<Writer> | null;
  words = new Collection<Word>(this);

  constructor(fields: object = {}) {
    fill(this, fields);
  }
}

class Word {
  declare id: number;
  declare name: string;
  books = new Collection<Book>(this);

  constructor(fields: object = {}) {
    fill(this, fields);
  }
}

/** Its constructor takes nothing. */
class Shelf {
  declare id: number;
  declare name: string;
  declare book: Book | null;
}

const key = { id: p.integer().primary(), name: p.string() };

defineEntity({ name: 'Place', embeddable: true, properties: { town: p.string() } }).setClass(Place);
defineEntity({
  name: 'Writer',
  properties: {
    ...key,
    place: () => p.embedded(Place).nullable(),
    places: () => p.embedded(Place).array().nullable(),
    pen: () => p.oneToOne(Pen).mappedBy('writer').nullable(),
    books: () => p.oneToMany(Book).mappedBy('writer'),
  },
}).setClass(Writer);
defineEntity({
  name: 'Pen',
  properties: { ...key, writer: () => p.oneToOne(Writer).inversedBy('pen').nullable() },
}).setClass(Pen);
defineEntity({
  name: 'Book',
  properties: {
    ...key,
    writer: () => p.manyToOne(Writer).inversedBy('books').nullable(),
    editor: () => p.manyToOne(Writer).ref().nullable(),
    words: () => p.manyToMany(Word).inversedBy('books'),
  },
}).setClass(Book);
defineEntity({
  name: 'Word',
  properties: { ...key, books: () => p.manyToMany(Book).mappedBy('words') },
}).setClass(Word);
defineEntity({
  name: 'Shelf',
  properties: { ...key, book: () => p.manyToOne(Book).nullable() },
}).setClass(Shelf);

const classes = { Writer, Pen, Book, Word, Shelf };

/** Entities with nested data, what is then new, and what is true of them, before and after the commit. */
const nested = [
  [
    'the many side',
    "x = em.create(Book, { name: 'b', writer: { name: 'w', pen: { name: 'p' } } })",
    'Book, Pen, Writer',
    3,
    'x.writer instanceof Writer && x.writer.books[0] === x && x.writer.pen instanceof Pen && x.writer.pen.writer === x.writer',
  ],
  [
    'a reference',
    "x = em.create(Book, { name: 'b', editor: { name: 'w' } })",
    'Book, Writer',
    2,
    "x.editor.unwrap() instanceof Writer && x.editor.unwrap().name === 'w'",
  ],
  [
    'the side of one to one that has the column',
    "x = em.create(Pen, { name: 'p', writer: { name: 'w' } })",
    'Pen, Writer',
    2,
    'x.writer instanceof Writer && x.writer.pen === x',
  ],
  [
    'the side of one to one that has none',
    "x = em.create(Writer, { name: 'w', pen: { name: 'p' } })",
    'Pen, Writer',
    2,
    'x.pen instanceof Pen && x.pen.writer === x',
  ],
  [
    'lists',
    "x = em.create(Writer, { name: 'w', books: [{ name: 'b', words: [{ name: 'o' }] }, new Book({ name: 'c' })] })",
    'Book, Word, Writer',
    4,
    'x.books.length === 2 && x.books[0].writer === x && x.books[1].writer === x && x.books[0].words[0].books[0] === x.books[0]',
  ],
  [
    'the other side of many to many',
    "x = em.create(Word, { name: 'o', books: [{ name: 'b', writer: { name: 'w' } }] })",
    'Book, Word, Writer',
    3,
    'x.books[0].words[0] === x && x.books[0].writer instanceof Writer',
  ],
  [
    'embedded objects',
    "x = em.create(Writer, { name: 'w', place: { town: 'a' }, places: [{ town: 'b' }] })",
    'Writer',
    1,
    "x.place.constructor.name === 'Place' && x.place.town === 'a' && x.places[0].constructor.name === 'Place' && x.places[0].town === 'b'",
  ],
  [
    'a constructor that takes nothing',
    "x = em.create(Shelf, { name: 's', book: { name: 'b', writer: { name: 'w' } } })",
    'Book, Shelf, Writer',
    3,
    'x.book instanceof Book && x.book.writer instanceof Writer',
  ],
] as const;

const scripts: readonly Script[] = [
  ...nested.flatMap(([what, line, names, count, holds]): Script[] => [
    [
      `17: what em.create() makes of nested data is staged, through ${what}`,
      `> ${line}; ${holds}
      true
      > session.new.length
      ${count}
      > commit()
      committed ${count} new (${names})
      > ${holds}
      true
      > session.dirty.length; em.clear(); x = x.constructor.query.one(); ${holds}
      true
      > commit()
      nothing to commit`,
    ],
    [
      `17: a fork's em.create() makes the same of it: ${what}`,
      `> f = em.fork(); ${line.replace('em.create', 'f.create')}; ${holds}
      true
      > f.flush(); em.clear(); x = x.constructor.query.one(); ${holds}
      true
      > commit()
      nothing to commit`,
    ],
  ]),
  [
    '17: a list may hold keys as well',
    `> b = new Book({ name: 'b' }); add(b); commit()
    committed 1 new (Book)
    > x = em.create(Writer, { name: 'w', books: [b.id, { name: 'c' }] }); x.books[0] === b && b.writer === x
    true
    > commit()
    committed 2 new (Book, Writer), 1 changed (Book)
    > other('select id from book where writer_id = 1').length
    2`,
  ],
  [
    '18: what a constructor was given and cannot hold is told of, until it is replaced',
    `> x = new Book({ name: 'b', writer: { name: 'w' } }); add(x); commit()
    Uncaught BadArgument: Book.writer takes a Writer, and holds { name: 'w' }
    > em.assign(x, { writer: { name: 'w' } }); x.writer instanceof Writer && x.writer.books[0] === x
    true
    > commit()
    committed 2 new (Book, Writer)`,
  ],
];

testScripts('nested data of em.create()', scripts, undefined, classes);
