// The numbers in the names are those of docs/session.md.
import { Post, User } from '../../../../src/index.ts';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

const made = (name: string) => `new User({ username: '${name}', email: '${name}', password: 'p' })`;
const names =
  "em.execute('select username, password from ' + em.getPlatform().quoteIdentifier('user') + ' order by id')";

testScripts(
  'an object that was removed, flushed and added again',
  [
    [
      '18, 19: is not removed by a commit that fails and is mended',
      `> n = ${made('n')}; addAll([n, ${made('g')}]); commit()
      committed 2 new (User)
      > remove(n); flush(); add(n); n.password = 'q'; t = ${made('g')}; add(t); commit()
      Uncaught UniqueViolation
      > [session.deleted, session.new.length, session.dirty.length]
      [ [], 1, 1 ]
      > t.username = t.email = 'z'; commit()
      committed 1 new (User), 1 changed (User)
      > ${names}
      [ { username: 'n', password: 'q' }, { username: 'g', password: 'p' }, { username: 'z', password: 'p' } ]`,
    ],
    [
      '18, 40: has its row after rollback()',
      `> n = ${made('n')}; add(n); commit(); remove(n); flush(); add(n); rollback(); [n.id, session.new, session.deleted]
      [ 1, [], [] ]
      > n.password = 'q'; commit()
      committed 1 changed (User)`,
    ],
    [
      '19, 34: as one that is pending by what refers to it',
      `> n = ${made('n')}; addAll([n, ${made('g')}]); commit()
      committed 2 new (User)
      > remove(n); flush(); p = new Post({ title: 't', content: 'c', author: n }); add(p); t = ${made('g')}; add(t); commit()
      Uncaught UniqueViolation
      > t.username = t.email = 'z'; commit(); [p.author === n, User.query.count(), session.deleted]
      [ true, 3, [] ]`,
    ],
  ],
  dialects,
  { User, Post },
);

/** Ways in which the row of an object goes. */
const deletions = [
  'remove(a); flush()',
  'remove(a); commit()',
  'remove(a); Guide.query.count()',
  'remove(a); em.flush()',
  'Author.query.delete()',
  'em.transactional(inner => inner.remove(a).flush())',
] as const;

/** Ways in which it would get another one. */
const returns = [
  'add(a)',
  'addAll([a])',
  'em.persist(a); commit()',
  'em.persist(a).flush()',
  "p = new Profile('t'); p.author = a; add(p); commit()",
  'em.transactional(inner => inner.persist(a).flush())',
] as const;

const unread =
  'Uncaught ObjectDeleted: bio, books, tags of this Author were never read, and the row is deleted: a new one would be without them';

const unreadForCopy =
  'Uncaught ObjectDeleted: Author.bio was never read, and the row is deleted: a new one would be without it';

testScripts('what was not read of an object whose row was deleted', [
  ...deletions.flatMap(deletes =>
    returns.map((back): Script => [
      `15, 17: is not lost with it: ${deletes}; ${back}`,
      `> a = new Author('a'); add(a); commit(); em.clear(); a = Author.query.one(); ${deletes}; 0
      0
      > ${back}
      ${deletes.includes('commit') ? unread.replace('bio, books, tags', 'bio, tags') : unread}
      > a.bio = null; a.books = []; a.tags = []; add(a); flush(); em.execute('select name, bio from author')
      [ { name: 'a', bio: null } ]`,
    ]),
  ),
  [
    '17, 18: is read once rollback() has brought it back',
    `> a = new Author('a'); add(a); commit(); em.clear(); a = Author.query.one(); remove(a); flush(); add(a)
    ${unread}
    > rollback(); [a.bio, a.books.length, a.tags.length, session.new, session.deleted]
    [ 'a wrote', 0, 0, [], [] ]
    > remove(a); commit(); add(a); commit(); a.bio
    'a wrote'`,
  ],
  [
    '17: is nothing if this session has inserted it, and set nothing',
    `> g = new Guide('g'); add(g); commit(); g.title; remove(g); flush(); add(g); commit()
    committed 1 new (Guide)
    > remove(g); commit(); add(g); commit(); g.note
    Ref<null>`,
  ],
  [
    '17: is a field that a query left out, or all of what was never read',
    `> a = new Author('a'); add(a); commit(); em.clear(); a = em.findOne(Author, 1, { fields: ['name', 'bio'] })
    > remove(a); flush(); add(a)
    Uncaught ObjectDeleted: age, meta, at, bytes and 7 more of this Author were never read, and the row is deleted: a new one would be without them
    > rollback(); a.age; a.books.length; a.tags.length; remove(a); commit(); add(a); commit()
    committed 1 new (Author)
    > em.clear(); a = em.getReference(Author, 1); remove(a); flush(); add(a)
    Uncaught ObjectDeleted: name, age, bio, meta and 9 more of this Author were never read, and the row is deleted: a new one would be without them`,
  ],
  [
    '23: nor with merge()',
    `> a = new Author('a'); add(a); commit(); em.clear(); a = Author.query.one(); remove(a); commit(); merge(a)
    ${unreadForCopy}
    > a.bio = null; b = merge(a); commit(); [b.name, b.bio]
    [ 'a', null ]`,
  ],
  [
    '23: nor with merge() of what was detached, if another session has deleted the row',
    `> a = new Author('a'); add(a); commit(); em.clear(); a = Author.query.one(); expunge(a); other('delete from author'); merge(a)
    ${unreadForCopy}
    > [session.new, session.dirty]
    [ [], [] ]`,
  ],
]);

/** Objects that are linked by a many-to-many relation, which list is looked at, and which object goes. */
const linked = ['b.tags.length', 't.books.length', 'b.tags.length; t.books.length'].flatMap(look =>
  (['b', 't'] as const).filter(one => look.includes(`${one}.`)).map(one => [look, one] as const),
);

testScripts('what was linked to an object whose row was deleted', [
  ...linked.flatMap(([look, one]) =>
    [
      'remove(x); flush()',
      'remove(x); commit()',
      'remove(x); em.flush()',
      'x.constructor.query.delete()',
    ].flatMap(deletes =>
      ['add(x)', 'em.persist(x)'].map((back): Script => [
        `17: is linked to the next row: ${look}; ${deletes}; ${back}`,
        `> b = new Book('b', null); t = new Tag('t'); b.tags.add(t); add(b); commit(); ${look}; x = ${one}; 0
          0
          > ${deletes}; ${back}; [session.new.length, b.tags.length, t.books.length]
          [ 1, 1, 1 ]
          > commit(); [b.tags[0] === t, t.books[0] === b, session.new.length, session.dirty.length]
          [ true, true, 0, 0 ]
          > em.execute('select count(*) as n from book_tags')[0].n == 1
          true`,
      ]),
    ),
  ),
  [
    '18, 19: and to none that is there again, as by rollback() or after a commit that fails',
    `> b = new Book('b', null); t = new Tag('t'); b.tags.add(t); addAll([b, new Tag('u')]); commit(); b.tags.length
    1
    > remove(b); flush(); add(b); rollback(); [b.tags.length, session.new, session.dirty]
    [ 1, [], [] ]
    > remove(b); flush(); add(b); twin = new Tag('u'); add(twin); commit()
    Uncaught UniqueViolation
    > expunge(twin); commit()
    nothing to commit
    > em.execute('select count(*) as n from book_tags')[0].n == 1
    true`,
  ],
]);

/** The side whose row goes, and its unread lists with it. */
const sides = {
  b: ['Book.query.one()', 'Book.tags was', 'it', 'x.tags = [Tag.query.one()]'],
  t: [
    'Tag.query.one()',
    'books, authors of this Tag were',
    'them',
    'x.books = [Book.query.one()]; x.authors = []',
  ],
} as const;

testScripts('what was linked to an object by a list that nobody had read', [
  ...Object.values(sides).flatMap(([find, what, them, assigns]) =>
    deletions
      .map(deletes => deletes.replace('Author', find.replace(/\..*/, '')).replaceAll('(a)', '(x)'))
      .map((deletes): Script => [
        `17: is not lost with its row: ${deletes}; ${what}`,
        `> b = new Book('b', null); t = new Tag('t'); b.tags.add(t); add(b); commit(); em.clear(); x = ${find}; ${deletes}; 0
        0
        > add(x)
        Uncaught ObjectDeleted: ${what} never read, and the row is deleted: a new one would be without ${them}
        > ${assigns}; add(x); commit(); em.execute('select count(*) as n from book_tags')[0].n == 1
        true
        > em.clear(); [Book.query.one().tags.length, Tag.query.one().books.length]
        [ 1, 1 ]`,
      ]),
  ),
  [
    '17, 18: is read once rollback() has brought the row back',
    `> b = new Book('b', null); t = new Tag('t'); b.tags.add(t); add(b); commit(); em.clear(); b = Book.query.one(); remove(b); flush(); add(b)
    Uncaught ObjectDeleted: Book.tags was never read, and the row is deleted: a new one would be without it
    > rollback(); [b.tags.length, session.new, session.deleted]
    [ 1, [], [] ]
    > remove(b); commit(); add(b); commit(); em.execute('select count(*) as n from book_tags')[0].n == 1
    true`,
  ],
]);

const updated = ['0', 'b.title', 'commit()', 'session.deleted.length'].flatMap(between =>
  ['flush()', 'commit()'].map((end): Script => [
    `17, 28: what is added again is what its row was, also by update(), after ${between} and ${end}`,
    `> a = new Author('a'); b = new Book('b', a); add(b); commit(); [b.price, b.tags.length]
    [ 3, 0 ]
    > Book.query.update({ price: 9, author: null }); ${between}; remove(b); ${end}; add(b); commit(); [b.price, b.author]
    [ 9, null ]
    > Book.query.update({ price: 7 }); ${between}; b.title = 'c'; remove(b); ${end}; add(b); commit(); [b.price, b.title]
    [ 7, 'c' ]
    > Book.query.update({ price: 5 }); ${between}; remove(b); flush(); rollback(); b.price
    ${between === 'commit()' ? 5 : 7}`,
  ]),
);

testScripts('what update() has given a row that is removed', updated, dialects);
