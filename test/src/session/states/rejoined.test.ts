// The numbers in the names are those of docs/session.md.
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';
import { boxes } from '../../fixtures/boxes.ts';

/** How something of the session comes to refer to `x`, which was expunged and then changed. */
const references: readonly (readonly [string, string, string])[] = [
  ['a many-to-one relation', "o = new Book('o')", 'o.author = x'],
  ['a one-to-one relation', "o = new Profile('o')", 'o.author = x'],
  ['a many-to-many list', "o = new Tag('o')", 'o.authors.add(x)'],
];

/** How a detached book comes to an author. */
const lists: readonly (readonly [string, string])[] = [
  ['is added to a list', 'x.books.add(o)'],
  ['refers to an owner', 'o.author = x'],
  ['is in a list that is assigned', 'x.books = [o]'],
];

/** Where a second object `x` for the row of `y` comes from. */
const seconds: readonly (readonly [string, string])[] = [
  ['a detached object', 'em.clear(); y = get(Author, 1); o = get(Book, 1)'],
  ["another EntityManager's object", 'y = x; x = em.fork().findOne(Author, 1); x.age = 9'],
];

/** What a detached object was given, and nobody would write. */
const changes: readonly (readonly [string, string])[] = [
  ['a field', 'x.age = 9'],
  ['a date that was changed in place', 'x.at.setFullYear(1999)'],
  ['JSON that was changed in place', 'x.meta.n = 2'],
  ['a field of an embedded object', "x.home.city = 'Bern'"],
  ['a list of embedded objects', "x.past.push(new Place('Bern'))"],
];

/** How something of the session comes to refer to `x`, and what then refers to `y`. */
const referring: readonly (readonly [string, string, string])[] = [
  ['a many-to-one relation', 'o.author = x', 'o.author === y && y.books[0] === o'],
  ['that of a new object', "n = new Book('n', x); add(n)", 'n.author === y && y.books[0] === n'],
  [
    'a one-to-one relation',
    "n = new Profile('n'); add(n); n.author = x",
    'n.author === y && y.profile === n',
  ],
  ['a reference', "n = new Guide('n'); add(n); n.author = x", 'n.author.unwrap() === y'],
  ['a many-to-many list', "n = new Tag('n'); add(n); n.authors.add(x)", 'n.authors[0] === y'],
];

/** How something of the session would come to write the row of `o` or `r`, for which it has other objects. */
const twins: readonly (readonly [string, string])[] = [
  ['a list', 'x.books.add(o)'],
  ['push()', 'x.books.push(o)'],
  ['a list that is assigned', 'x.books = [o]'],
  ['the list of a new object', "y = new Author('y'); y.books.add(o); add(y)"],
  ['the list of one that is pending', "y = new Author('y'); add(y); y.books.add(o)"],
  ['a one-to-one relation from its other side', 'x.profile = r'],
  ['one of a new object', "y = new Author('y'); y.profile = r; add(y)"],
  ['the other side of a many-to-many list', "t = new Tag('t'); add(t); t.books.add(o)"],
];

/** How an author leaves the session, or loses its row. */
const lost: readonly (readonly [string, string])[] = [
  ['what was removed and flushed', 'remove(x); flush()'],
  ['what was removed', 'remove(x); commit()'],
  ['what was expunged', 'expunge(x)'],
];

/** What held `o`, which was deleted while the holder `x` was detached, and how `x` is the session's again. */
const holders: readonly (readonly [string, string, string])[] = [
  ['a list', "x = new Author('x'); o = new Book('o', x)", "add(new Book('n', x))"],
  [
    'a one-to-one relation',
    "x = new Author('x'); o = new Profile('o'); o.author = x",
    "add(new Book('n', x))",
  ],
  [
    'a many-to-many list',
    "x = new Book('x', null); o = new Tag('o'); x.tags.add(o)",
    "n = new Tag('n'); n.books.add(x); add(n)",
  ],
  [
    'its other side',
    "x = new Tag('x'); o = new Book('o', null); o.tags.add(x)",
    "n = new Book('n', null); n.tags.add(x); add(n)",
  ],
  [
    'what another detached object leads to',
    "x = new Author('x'); o = new Profile('o'); o.author = x; y = new Book('y', x); add(y)",
    "n = new Tag('n'); n.books.add(y); add(n)",
  ],
];

/** How the row of `o` goes. */
const deletions: readonly string[] = ['expunge(x); remove(o)', 'em.clear(); remove(o)'];

/** What merge() then gives the row. */
function changed(what: string): string {
  const values = ['null', '2020', '{ n: 1 }', "'Rome'", '1'];
  const others = ['9', '1999', '{ n: 2 }', "'Bern'", '2'];
  return `[ ${values.map((value, i) => (changes[i]?.[0] === what ? others[i] : value)).join(', ')} ]`;
}

const scripts: readonly Script[] = [
  ...holders.flatMap(([what, make, link]) =>
    deletions.flatMap(remove =>
      ['commit', 'flush'].map((end): Script => [
        `11, 34: what is deleted by ${remove} and ${end}() is not inserted again by ${what} of a detached object`,
        `> ${make}; addAll([x, o]); commit(); [x.id, o.id]
    [ 1, 1 ]
    > ${remove}; ${end}(); ${link}; commit(); [session.has(o), em.count(o.constructor, { id: 1 })]
    [ false, 0 ]`,
      ]),
    ),
  ),
  [
    '18: what is not deleted after all is in the list again',
    `> x = new Author('x'); o = new Book('o', x); add(o); commit(); expunge(x); remove(o); flush(); n = new Book('n', x); add(n); flush()
    flushed 1 new (Book)
    > rollback(); [x.books.length, x.books[0] === o, session.dirty.length]
    [ 1, true, 0 ]`,
  ],
  ...references.map(([what, make, link]): Script => [
    `11, 23: a detached object is the session's again once ${what} leads to it`,
    `> x = new Author('x'); ${make}; addAll([x, o]); commit(); [x.age, o.id]
    [ null, 1 ]
    > expunge(x); x.age = 5; ${link}; [session.has(x), session.dirty.includes(x)]
    [ true, true ]
    > commit(); x.age = 6; commit()
    committed 1 changed (Author)
    > em.clear(); Author.query.one().age
    6`,
  ]),
  ...references.map(([what, make, link]): Script => [
    `11, 23: also that of a new object, by ${what}`,
    `> x = new Author('x'); add(x); commit(); x.age
    null
    > expunge(x); x.age = 5; ${make}; add(o); ${link}; flush(); [session.has(x), Author.query.one() === x]
    [ true, true ]
    > commit(); x.age = 6; commit()
    committed 1 changed (Author)`,
  ]),
  ...references.map(([what, make, link]): Script => [
    `11, 23: at once, by ${what} of an object that is pending`,
    `> x = new Author('x'); add(x); commit(); x.age
    null
    > expunge(x); x.age = 5; ${make}; add(o); ${link}; [session.has(x), session.dirty.includes(x)]
    [ true, true ]`,
  ]),
  ...lists.map(([what, link]): Script => [
    `11, 23: a detached object is the session's again once it ${what}`,
    `> x = new Author('x'); o = new Book('o'); addAll([x, o]); commit(); [x.books.length, o.price]
    [ 0, 3 ]
    > expunge(o); o.price = 5; ${link}; [session.has(o), String(session.pending)]
    [ true, '1 changed (Book)' ]
    > commit(); o.price = 6; commit()
    committed 1 changed (Book)`,
  ]),
  ...['0', 'em.clear(); x = em.getReference(Author, 1)', 'x.books.length; x.profile'].flatMap(look =>
    [
      ['o', 'o.author = x'],
      ['r', 'r.author = x'],
    ].map(([what, link]): Script => [
      `11, 23: a detached object is the session's again once it refers to something of that, whether that was read or not: ${link} after ${look}`,
      `> x = new Author('x'); o = new Book('o'); r = new Profile('r'); addAll([x, o, r]); commit(); [o.author, r.author]
    [ null, null ]
    > commit(); expunge(o); expunge(r); ${look}; ${link}; [session.has(${what}), ${what}.author === x]
    [ true, true ]
    > commit(); other('select author_id as n from ${what === 'o' ? 'book' : 'profile'} where author_id = 1')
    [ { n: 1 } ]`,
    ]),
  ),
  [
    '11, 22, 23: unless the session has another object for its row, which stays',
    `> x = new Author('x'); o = new Book('o'); addAll([x, o]); commit(); [x.name, o.title]
    [ 'x', 'o' ]
    > expunge(x); y = get(Author, x.id); o.author = x; [session.has(x), session.has(y)]
    [ false, true ]`,
  ],
  ...seconds.flatMap(([whose, find]) =>
    referring.map(([what, link, held]): Script => [
      `11, 33: what refers to ${whose} gets the session's own, which stays: ${what}`,
      `> x = new Author('x'); o = new Book('o'); addAll([x, o]); commit(); [x.books.length, x.age, x.profile, o.price]
      [ 0, null, null, 3 ]
      > ${find}; y.age = 5; ${link}; [session.has(x), session.has(y), session.dirty.includes(x)]
      [ false, true, false ]
      > commit(); [session.has(x), session.has(y), get(Author, 1) === y, ${held}]
      [ false, true, true, true ]
      > y.age = 6; commit()
      committed 1 changed (Author)
      > em.clear(); Author.query.one().age
      6`,
    ]),
  ),
  ...changes.flatMap(([what, change]) =>
    [...referring, ['em.assign()', 'em.assign(o, { author: x })'] as const].map(([how, link]): Script => [
      `11, 33: unless it has a change that would be lost: ${what}, by ${how}`,
      `> x = new Author('x'); o = new Book('o'); addAll([x, o]); commit(); [x.books.length, x.age, o.price]
      [ 0, null, 3 ]
      > em.clear(); y = get(Author, 1); o = get(Book, 1); ${change}; ${link}
      Uncaught BadArgument: The session has another object for Author 1
      > [session.has(x), session.dirty, y.books.length]
      [ false, [], 0 ]
      > merge(x) === y; commit(); em.clear(); p = get(Author, 1); [p.age, p.at.getUTCFullYear(), p.meta, p.home.city, p.past.length]
      ${changed(what)}`,
    ]),
  ),
  ...twins.map(([what, link]): Script => [
    `11, 33: and where that row would be written, by ${what}, it is refused, and no edit is lost`,
    `> x = new Author('x'); o = new Book('o'); r = new Profile('r'); addAll([x, o, r]); commit(); [o.price, r.text]
    [ 3, 'r' ]
    > em.clear(); x = get(Author, 1); b = get(Book, 1); q = get(Profile, 1); [x.books.length, x.profile]
    [ 0, null ]
    > b.price = 5; q.text = 'q'; ${link}
    Uncaught BadArgument: The session has another object for ${link.includes('profile') ? 'Profile' : 'Book'} 1
    > [session.has(o), session.has(r), session.has(b), session.has(q)]
    [ false, false, true, true ]
    > [x.books.length, x.profile]
    [ 0, null ]
    > commit(); em.clear(); [get(Book, 1).price, get(Profile, 1).text]
    [ 5, 'q' ]`,
  ]),
  ...lost.map(([what, lose]): Script => [
    `11, 23: a list of ${what} stages nothing`,
    `> x = new Author('x'); o = new Book('o'); addAll([x, o]); commit(); [x.books.length, o.price]
    [ 0, 3 ]
    > ${lose}; x.books.add(new Book('n')); [session.new, session.has(x)]
    [ [], false ]`,
  ]),
  [
    '17, 33: remove() refuses a detached object where the session has another one for its row',
    `> x = new Author('x'); add(x); commit(); x.age
    null
    > em.clear(); y = get(Author, 1); y.age = 5; remove(x)
    Uncaught BadArgument: The session has another object for Author 1
    > commit(); em.clear(); get(Author, 1).age
    5`,
  ],
  [
    '17, 38: what goes with a removed object is what the session has for the row',
    `> o = new Order('o'); i = new Item('i'); i.order = o; add(i); commit(); [o.items.length, i.name]
    [ 1, 'i' ]
    > em.clear(); j = Item.query.one(); remove(o); [session.deleted.length, session.deleted.includes(j)]
    [ 2, true ]
    > commit(); [session.has(i), session.has(j), Item.query.count()]
    [ false, false, 0 ]`,
  ],
];

testScripts('a detached object that is referred to again', scripts, dialects);

/** How something of the session comes to lead to `c`, which leads to `b`; both are detached, and what `b` refers to is removed. */
const chains: readonly string[] = [
  "m = new Lorry('m'); m.guard = c; add(m)",
  'n.guard = c',
  "m = new Lorry('m'); m.guard = b; c.guard = m; n.guard = c",
];

const removedBehind: readonly Script[] = chains.flatMap(link =>
  ['flush', 'commit'].map((end): Script => [
    `11, 34: what was removed is not inserted again by what a detached object leads to: ${link} after ${end}()`,
    `> [a, b, c, n] = [...'abcn'].map(one => new Lorry(one)); b.guard = a; c.guard = b; addAll([a, b, c, n]); commit(); [a, b, c, n].map(one => [one.name, one.guard, one.fleet, one.cars.length])[3]
    [ 'n', null, null, 0 ]
    > em.clear(); n = get(Lorry, n.id); remove(a); ${end}(); c.id; ${link}; flush()
    Uncaught ObjectDeleted: Lorry 2 refers to Lorry 1 by guard, and that was removed
    > rollback(); [session.new, session.dirty, session.deleted]
    [ [], [], [] ]
    > em.flush(); commit(); other("select name from unit where name = 'a'").length
    ${end === 'flush' ? 1 : 0}`,
  ]),
);

testScripts('what is removed behind a detached object', removedBehind, dialects, boxes);

/** What a person who holds a reference for which another object came may do with it. */
const throughReference: readonly string[] = [
  "y.name = 'y'",
  'y.outer = null',
  'y.outer = b',
  'y.inner = [b]',
];

const givenWay: readonly Script[] = [
  ...throughReference.map((change): Script => [
    `11, 33: a reference that gave way to an object of its row refuses what would be lost: ${change}`,
    `> a = new Box('a'); b = new Box('b'); addAll([a, b]); commit(); [a.name, b.name]
    [ 'a', 'b' ]
    > em.clear(); y = em.getReference(Box, 1); add(a); add(b); ${change}
    Uncaught BadArgument: The session has another object for Box 1 since that was added
    > [session.has(a), session.dirty, String(session.pending)]
    [ true, [], 'nothing staged' ]
    > a.name = 'c'; commit(); Box.query.orderBy('id').all().map(one => one.name)
    [ 'c', 'b' ]`,
  ]),
  [
    '11, 33: and is as any other once the session has let go of that',
    `> a = new Box('a'); add(a); commit(); em.clear(); y = em.getReference(Box, 1); add(a); a.name
    'a'
    > em.clear(); add(y); y.name = 'y'; commit(); em.execute('select name from box')
    [ { name: 'y' } ]`,
  ],
  [
    '11, 33: what was assigned to a reference stays where a detached object comes that refers to the one of before',
    `> a = new Box('a'); b = new Box('b'); s = new Shed('s'); a.inner.add(b); b.shed = s; add(a); commit(); [a.name, b.name, s.name, b.outer.name, b.shed.name]
    [ 'a', 'b', 's', 'a', 's' ]
    > em.clear(); b = em.getReference(Box, 2); b.outer = a; add(s); b.shed = null; commit(); em.execute('select name, outer_id, shed_id from box order by id')
    [ { name: 'a', outer_id: null, shed_id: null }, { name: 'b', outer_id: 1, shed_id: null } ]`,
  ],
];

testScripts('a reference, and a detached object of its row', givenWay, dialects, boxes);
