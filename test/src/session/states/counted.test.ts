// The numbers in the names are those of docs/session.md.
import { type Script, testScripts } from '../../../support/typed.ts';

const gone = 'was changed or deleted by somebody else since it was read';

/** Ways to write a change of the one row that is gone, and what is left to do then. */
const ways: readonly (readonly [string, string])[] = [
  ['commit()', `> b.title = 'x'; commit()\nUncaught StaleRow: Book 1 ${gone}`],
  ['flush()', `> b.title = 'x'; flush()\nUncaught StaleRow: Book 1 ${gone}`],
  [
    'a query',
    `> b.title = 'x'; Author.query.count()\nUncaught StaleRow: The query first flushed what is staged, and that failed: Book 1 ${gone}`,
  ],
  ['nested()', `> nested(() => { b.title = 'x' }); 1\nUncaught StaleRow: Book 1 ${gone}\n> b.title = 'x'`],
  ['em.flush()', `> b.title = 'x'; em.flush()\nUncaught StaleRow: Book 1 ${gone}\n> b.title = 'x'`],
  [
    'em.transactional()',
    `> em.transactional(async () => { b.title = 'x' })\nUncaught StaleRow: Book 1 ${gone}\n> b.title = 'x'`,
  ],
];

const taken = 'by somebody else since they were read';

/** Ways to take a member out of a list whose join table has lost it. */
const joins: readonly (readonly [string, string])[] = [
  [
    'commit()',
    `> b.tags.remove(t); commit()\nUncaught StaleRow: Tag 1 was taken out of tags of Book 1 ${taken}`,
  ],
  [
    'flush()',
    `> t.books.remove(b); flush()\nUncaught StaleRow: Tag 1 was taken out of tags of Book 1 ${taken}`,
  ],
  [
    'another list',
    `> b.tags = [u]; commit()\nUncaught StaleRow: Tag 1 was taken out of tags of Book 1 ${taken}`,
  ],
  [
    'em.flush()',
    `> b.tags.remove(t); em.flush()\nUncaught StaleRow: Tag 1 was taken out of tags of Book 1 ${taken}`,
  ],
  [
    'em.transactional()',
    `> em.transactional(async () => { b.tags.remove(t) })\nUncaught StaleRow: Tag 1 was taken out of tags of Book 1 ${taken}`,
  ],
];

/** Ways of MikroORM to delete the row that is gone. */
const removals: readonly (readonly [string, string])[] = [
  ['em.flush()', 'remove(b); em.flush()'],
  ['em.remove() and em.flush()', 'em.remove(b).flush()'],
  ['em.transactional()', 'em.transactional(async own => { own.remove(b) })'],
  ['em.flush() in an open transaction', "add(new Tag('t')); flush(); remove(b); em.flush()"],
];

const scripts: readonly Script[] = [
  ...joins.map(([way, line]): Script => [
    `36: a row of a join table that is gone, by ${way}`,
    `> t = new Tag('t'); u = new Tag('u'); b = new Book('b'); b.tags.add(t, u); add(b); commit(); [b.tags.length, t.books.length, u.name]
    [ 2, 1, 'u' ]
    > other('delete from book_tags where tag_id = 1')
    []
    ${line}
    > expire(b); commit()
    nothing to commit
    > b.tags.map(tag => tag.name)
    [ 'u' ]`,
  ]),
  ...removals.map(([way, line]): Script => [
    `36: a removal of a row that is gone, by ${way}`,
    `> b = new Book('b'); c = new Book('c'); addAll([b, c]); commit(); [b.title, c.title]
    [ 'b', 'c' ]
    > other("delete from book where title = 'b'")
    []
    > ${line}
    Uncaught StaleRow: Book 1 ${gone}
    > rollback(); expunge(b); remove(c); em.flush(); Book.query.count()
    0`,
  ]),
  [
    '36: rows of a join table that the database deletes with others are not missed',
    `> t = new Tag('t'); u = new Tag('u'); b = new Book('b'); c = new Book('c'); b.tags.add(t, u); c.tags.add(t); addAll([b, c]); commit()
    committed 4 new (Book, Tag)
    > [b.tags.length, t.books.length]
    [ 2, 2 ]
    > remove(t); b.tags.remove(u); commit()
    committed 1 changed (Book), 1 removed (Tag)
    > remove(b); remove(u); em.flush(); other('select * from book_tags')
    []`,
  ],
  ...ways.map(([way, line]): Script => [
    `36: an update of a row that is gone, by ${way}`,
    `> b = new Book('b'); c = new Book('c'); addAll([b, c]); commit(); [b.title, c.title]
      [ 'b', 'c' ]
      > other("delete from book where title = 'b'")
      []
      ${line}
      > c.title = 'y'; commit()
      Uncaught StaleRow: Book 1 ${gone}
      > expunge(b); commit()
      committed 1 changed (Book)
      > other('select title from book')
      [ { title: 'y' } ]`,
  ]),
  [
    '36: a removal of a row that is gone',
    `> b = new Book('b'); c = new Book('c'); addAll([b, c]); commit(); b.title
    'b'
    > other("delete from book where title = 'b'")
    []
    > remove(c); remove(b); commit()
    Uncaught StaleRow: Book 1 ${gone}
    > session.deleted.length
    2
    > expunge(b); commit()
    committed 1 removed (Book)`,
  ],
  [
    '36: a row whose version is another one is named once, as what was typed made no query',
    `> a = new Author('a'); add(a); commit(); a.name
    'a'
    > a.age = 3; other('update author set version = 9')
    []
    > commit()
    Uncaught StaleRow: Author 1 was changed or deleted by somebody else since it was read
    > flush()
    Uncaught StaleRow: Author 1 was changed or deleted by somebody else since it was read`,
  ],
  [
    '36: rows with a version, references, and keys that were changed or are made of two',
    `> a = new Author('a'); c = new Country('c', 'C'); e = new Enrollment(new Student('s'), new Course('m'), 3); addAll([a, c, e])
    > commit(); [a.name, c.name, e.grade]
    [ 'a', 'C', 3 ]
    > other('delete from author'); other('delete from country'); other('delete from enrollment')
    []
    > a.age = 3; commit()
    Uncaught StaleRow: Author 1 ${gone}
    > rollback(); remove(a); commit()
    Uncaught StaleRow: Author 1 ${gone}
    > rollback(); c.code = 'd'; commit()
    Uncaught StaleRow: Country c ${gone}
    > rollback(); e.grade = 4; commit()
    Uncaught StaleRow: Enrollment 1, 1 ${gone}
    > rollback(); remove(e); commit()
    Uncaught StaleRow: Enrollment 1, 1 ${gone}
    > rollback(); em.getReference(Book, 77).title = 'x'; commit()
    Uncaught StaleRow: Book 77 ${gone}`,
  ],
  [
    '34, 36: a key that is assigned to a reference with a version, beside another change',
    `> addAll([new Author('a'), new Author('b')]); commit(); em.clear(); b = Author.query.filterBy({ name: 'b' }).one()
    > a = em.getReference(Author, b.id === 1 ? 2 : 1); a.id = 50; b.age = 3; commit()
    committed 2 changed (Author)
    > [a.name, a.version, get(Author, 50) === a]
    [ 'a', 2, true ]`,
  ],
  [
    '36: a removal of a row with another version',
    `> a = new Author('a'); add(a); commit(); [a.name, a.version]
    [ 'a', 1 ]
    > other('update author set version = 7'); remove(a); commit()
    Uncaught StaleRow: Author 1 ${gone}
    > rollback(); remove(a); commit()
    committed 1 removed (Author)`,
  ],
  [
    '36: rows that the database deletes with others are not missed',
    `> a = new Folder('a'); b = new Folder('b', a); c = new Folder('c', b); add(c); commit(); [a.name, b.name, c.name]
    [ 'a', 'b', 'c' ]
    > remove(a); remove(b); remove(c); commit()
    committed 3 removed (Folder)
    > Folder.query.count()
    0`,
  ],
  [
    '36: many rows in one statement',
    `> all = Array.from({ length: 700 }, (_, i) => new Book('b' + i)); addAll(all); commit()
    committed 700 new (Book)
    > all.forEach(book => { book.price = 9 }); commit()
    committed 700 changed (Book)
    > other("delete from book where title = 'b650'")
    []
    > all.forEach(book => { book.price = 8 }); commit()
    Uncaught StaleRow: Book 651 ${gone}
    > rollback(); all.forEach(book => remove(book)); commit()
    Uncaught StaleRow: Book 651 ${gone}
    > expunge(all[650]); commit()
    committed 699 removed (Book)`,
  ],
];

testScripts('rows that are written', scripts);
