// The numbers in the names are those of docs/session.md.
import type { EntityClass } from '@mikro-orm/core';
import { Post, User } from '../../../../src/index.ts';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

const named = (name: string) => `new User({ username: '${name}', email: '${name}', password: 'p' })`;
const begin = `> u = ${named('a')}; v = ${named('b')}; addAll([u, v]); commit(); u.email = 'new'; flush()
  flushed 1 changed (User)`;
const rows = `> other('select username, email, password from "user" order by id').map(row => Object.values(row).join())`;
const look = "w = User.query.filterBy({ username: 'a' }).one()";
const own = `> w.password = 'q'; [w === u, session.has(u), session.has(w), w.email]`;

/** How a flushed object leaves the session, and the session gets another one for its row. */
const ways: Readonly<Record<string, string>> = {
  'expunge() and a query': `> expunge(u); ${look}; 0`,
  'expunge() and merge()': '> expunge(u); w = merge(u); 0',
  'em.clear() and a query': `> em.clear(); ${look}; 0`,
  'em.clear() and merge()': '> em.clear(); w = merge(u); 0',
};

/** What is done to what was read of a row that is undone. */
const undone: readonly (readonly [string, string])[] = [
  ['is changed', "w.email = 'x'"],
  ['is changed and written', "w.email = 'x'; flush()"],
  [
    'is changed, and a savepoint fails',
    "w.email = 'x'; try { nested(() => { throw new Error('stop') }) } catch {}",
  ],
  ['is removed', 'remove(w); flush()'],
  ['is given another key', 'w.id = 77; flush()'],
  [
    'is removed, and there is another one with its key',
    `remove(w); flush(); n = ${named('n')}; n.id = w.id; add(n); flush()`,
  ],
];

const scripts: readonly Script[] = [
  ...['expunge(u)', 'em.clear()'].flatMap(leave =>
    undone.map(([what, change]): Script => [
      `18, 33: what was read of a row that is undone, and ${what}, is staged by nothing after ${leave}`,
      `> u = ${named('a')}; add(u); flush(); ${leave}; w = User.query.one(); ${change}; 0
      0
      > rollback(); [session.new, session.dirty, session.deleted, session.has(w), session.has(u)]
      [ [], [], [], false, false ]
      > commit()
      nothing to commit
      > remove(w)
      Uncaught BadArgument: This User is not in the database
      > add(u); commit(); [User.query.one() === u, u.email]
      [ true, 'a' ]`,
    ]),
  ),
  ...['expunge(p)', 'em.clear()'].map((leave): Script => [
    `18, 33: what a query has deleted does not come back once it has left, by ${leave}`,
    `> u = ${named('a')}; p = new Post({ title: 'p', content: 'c', author: u }); add(p); commit(); p.title
    'p'
    > Post.query.delete(); ${leave}; rollback()
    rolled back 1 removed (Post)
    > q = get(Post, 1); [q === p, session.has(p), q.author === get(User, 1)]
    [ false, false, true ]
    > commit()
    nothing to commit`,
  ]),
  [
    '18, 33: what stands for a row that was undone leaves, too',
    `> u = ${named('a')}; p = new Post({ title: 'p', content: 'c', author: u }); add(p); flush(); id = u.id; expunge(u)
    > rollback()
    rolled back 2 new (Post, User)
    > [session.new, get(User, id), em.getUnitOfWork().getIdentityMap().keys().length]
    [ [], null, 0 ]`,
  ],
  ...Object.entries(ways).flatMap(([way, typed]): Script[] => [
    [
      `19, 33: what was flushed of an object that has left stays written when a commit fails: ${way}`,
      `${begin}
      ${typed}
      0
      ${own}
      [ false, false, true, 'new' ]
      > t = ${named('b')}; add(t); commit()
      Uncaught UniqueViolation
      > [session.has(u), session.has(w), w.password]
      [ false, true, 'q' ]
      > expunge(t); commit()
      committed 2 changed (User)
      ${rows}
      [ 'a,new,q', 'b,b,p' ]`,
    ],
    [
      `18, 33: rollback() takes it back in the database, and leaves the object that has left where it is: ${way}`,
      `${begin}
      ${typed}
      0
      ${own}
      [ false, false, true, 'new' ]
      > rollback()
      rolled back 2 changed (User)
      > [session.has(u), session.has(w), w.email, w.password]
      [ false, true, 'a', 'p' ]
      > commit()
      nothing to commit`,
    ],
  ]),
  [
    '18, 19: a new object that was flushed and has left is written with the rest, and transient after rollback()',
    `> v = ${named('b')}; add(v); commit(); u = ${named('a')}; add(u); flush(); expunge(u)
    > t = ${named('b')}; add(t); commit()
    Uncaught UniqueViolation
    > expunge(t); rollback()
    rolled back 1 new (User)
    > [u.id, session.has(u), User.query.count()]
    [ undefined, false, 1 ]
    > add(u); commit()
    committed 1 new (User)
    > w = ${named('c')}; add(w); flush(); expunge(w); add(t); commit()
    Uncaught UniqueViolation
    > expunge(t); commit()
    committed 1 new (User)
    ${rows}
    [ 'b,b,p', 'a,a,p', 'c,c,p' ]`,
  ],
];

const gone: readonly Script[] = [
  ...['add(u)', 'w = merge(u); 0'].flatMap((back): Script[] => {
    const after = `> [session.new.length, session.dirty.length, session.deleted.length]
      [ 1, 0, 0 ]
      > commit()
      committed 1 new (User)
      > [User.query.count(), User.query.one().username, User.query.one().email]
      [ 1, 'a', 'z' ]`;
    const again = back.includes('0') ? `> ${back}\n0` : `> ${back}`;
    return [
      [
        `17, 23: what the commit of its deletion has detached is inserted again after ${back}`,
        `> u = ${named('a')}; add(u); commit(); u.email; remove(u); commit()
        committed 1 removed (User)
        > u.email = 'z'
        ${again}
        ${after}`,
      ],
      [
        `23, 30: what dropAll() has detached is inserted again after ${back}`,
        `> u = ${named('a')}; add(u); commit(); u.email
        'a'
        > dropAll()
        dropped post, user
        > createAll(); [session.has(u), u.username]
        [ false, 'a' ]
        > u.email = 'z'
        ${again}
        ${after}`,
      ],
    ];
  }),
  [
    '30: dropAll() leaves objects readable, with what they refer to, and add() inserts all of it',
    `> u = ${named('a')}; p = new Post({ title: 'p', content: 'c', author: u }); add(p); commit(); u.posts.length
    1
    > p.title; dropAll()
    dropped post, user
    > [u.username, p.title, p.author === u, u.posts.length, session.has(p), session.has(u)]
    [ 'a', 'p', true, 1, false, false ]
    > createAll(); add(p); commit()
    committed 2 new (Post, User)
    > [u.posts.length, p.author === u, Post.query.count()]
    [ 1, true, 1 ]`,
  ],
];

const classes: Readonly<Record<string, EntityClass<object>>> = { User, Post };

testScripts('an object without a row', gone, dialects, classes);
testScripts('an object that leaves the session after a flush', scripts, dialects, classes);

testScripts('em.refresh()', [
  [
    '23: says what the session does not look after',
    `> a = new Author('a'); p = new Profile('p'); p.author = a; add(p); commit(); em.refresh(a) === a
    true
    > em.refresh(new Author('b'))
    Uncaught Detached: This Author is not in the session
    > add(new Author('b')); em.refresh([...session.new][0])
    Uncaught Detached: This Author is not in the session
    > em.refresh(null)
    Uncaught BadArgument: em.refresh() takes an entity, and got null
    > em.clear(); em.refresh(a)
    Uncaught Detached: This Author is not in the session
    > a = merge(a); em.refresh(a); a.profile.author === a
    true`,
  ],
]);

const twice: readonly Script[] = [
  [
    '18, 33: what has left twice is not staged again',
    `> x = new Author('x'); o = new Book('o', x); p = new Book('p', x); addAll([o, p]); flush(); em.clear()
    > t = new Tag('t'); t.books.add(o); add(t); expunge(p); flush(); rollback()
    rolled back 4 new (Author, Book, Tag), 1 changed (Book)
    > [session.new, em.getUnitOfWork().getIdentityMap().keys().length]
    [ [], 0 ]
    > commit()
    nothing to commit`,
  ],
];

testScripts('an object that leaves the session twice', twice);
