// The numbers in the names are those of docs/session.md.
import { type Script, testScripts } from '../../../support/typed.ts';

/** How `a` and `b`, which are new, refer to each other, and what of `b` is `a`. */
const pairs: readonly (readonly [string, string, string])[] = [
  ['a list', "a = new Author('a'); b = new Book('b', a)", 'b.author'],
  ['a one-to-one relation', "a = new Author('a'); b = new Profile('b'); b.author = a", 'b.author'],
  ['a reference', "a = new Author('a'); b = new Guide('b'); b.author = a", 'b.author.unwrap()'],
  ['a many-to-many list', "a = new Tag('a'); b = new Book('b', null); b.tags.add(a)", 'b.tags[0]'],
];

/** How one or both leave, and how their rows are undone. */
const leavings = ['expunge(a)', 'expunge(b)', 'expunge(a); expunge(b)', 'expunge(b); expunge(a)'].flatMap(
  leave => [
    `add(b); flush(); ${leave}; rollback()`,
    `nested(() => { add(b); flush(); ${leave}; throw new Error() }).catch(() => 0)`,
  ],
);

/** How what `update()` has given the row of a new object is read, and what else. */
const reads = ['0', 'b.price', 'Book.query.one().title', 'refresh(b)', 'expire(b); b.author'];

/** How a new object is inserted and updated in a transaction that is undone, around what is done meanwhile. */
const undoing: readonly ((what: string) => string)[] = [
  what => `add(b); Book.query.update({ price: 9, title: 'z', author: a }); ${what}; rollback()`,
  what =>
    `nested(() => { add(b); Book.query.update({ price: 9, title: 'z', author: a }); ${what}; throw new Error() }).catch(() => 0)`,
];

/** What of an author's embedded objects is read of what `update()` has given its row, and what else. */
const partsRead = ['0', 'x.home.city; x.away; x.past', 'Author.query.one()', 'expire(x); [x.past.length]'];

/** What is assigned then, and what the embedded objects are after `rollback()`. */
const partsGiven: readonly (readonly [string, string])[] = [
  ['0', "[ 'a', 'b', [ 'c' ] ]"],
  ["x.home.city = 'q'", "[ 'q', 'b', [ 'c' ] ]"],
  ["x.away.city = 'q'; flush()", "[ 'a', 'q', [ 'c' ] ]"],
  ["x.past.push(new Place('q'))", "[ 'a', 'b', [ 'z', 'q' ] ]"],
];

const parts = '[x.home.city, x.away.city, x.past.map(one => one.city)]';

const scripts: readonly Script[] = [
  ...partsRead.flatMap(read =>
    partsGiven.slice(0, read.startsWith('x.home') ? undefined : 1).map(([give, left]): Script => [
      `18, 28: a new object keeps its embedded objects, whatever was read: ${read}; ${give}`,
      `> x = new Author('x'); x.home = new Place('a'); x.away = new Place('b'); x.past = [new Place('c')]; add(x); flush()
    flushed 1 new (Author)
    > Author.query.update({ home: { city: 'z' }, away: { city: 'z' }, past: [{ city: 'z' }] }); ${read}; ${give}; rollback(); ${parts}
    ${left}
    > add(x); commit(); ${parts}
    ${left}`,
    ]),
  ),
  ...undoing.flatMap(undo => [
    ...reads.map((read): Script => [
      `18, 28: a new object keeps the values that it had, whatever was read: ${undo(read)}`,
      `> a = new Author('a'); add(a); commit(); b = new Book('b'); ${undo(read)}; [b.price, b.title, b.author === undefined]
    [ 3, 'b', true ]
    > add(b); commit(); [b.price, b.title, b.author]
    [ 3, 'b', null ]`,
    ]),
    ...['', '; flush()', '; flush(); b.title'].map((then): Script => [
      `18, 28: and those that it was given since: ${undo(`b.price; b.price = 5${then}`)}`,
      `> a = new Author('a'); add(a); commit(); b = new Book('b'); ${undo(`b.price; b.price = 5${then}`)}; [b.price, b.title]
    [ 5, 'b' ]`,
    ]),
  ]),
  ...pairs.flatMap(([what, make, held]) =>
    leavings.map((leave): Script => [
      `18, 23: what left the session is new again, and held by ${what}, after ${leave}`,
      `> ${make}; ${leave}; [a.id, b.id, ${held} === a]
    [ undefined, undefined, true ]
    > add(b); [session.new.length, session.dirty.length]
    [ 2, 0 ]
    > commit(); ${held} === a
    true`,
    ]),
  ),
  ...pairs
    .filter(([what]) => what !== 'a reference')
    .map(([what, make]): Script => [
      `18, 23: what was flushed and left the session is new again by ${what} that leads to it`,
      `> ${make}; add(a); flush(); expunge(b); rollback(); add(a); [session.new.length, session.new.includes(b)]
    [ 2, true ]
    > commit(); [em.count(a.constructor), em.count(b.constructor)]
    [ 1, 1 ]`,
    ]),
  [
    '18: rollback() says what the session said: lists that a removal takes the object out of are no more',
    `> t = new Tag('t'); b = new Book('b'); c = new Book('c'); b.tags.add(t); c.tags.add(t); addAll([b, c]); commit()
    committed 3 new (Book, Tag)
    > remove(t); session.uncommitted
    1 removed (Tag)
    > [...b.tags]
    []
    > session.uncommitted
    1 removed (Tag)
    > rollback()
    rolled back 1 removed (Tag)
    > [...b.tags][0] === t
    true`,
  ],
  [
    '18: rollback() says what the session said: new objects, expunged and added again around a commit that failed',
    `> add(new Tag('taken')); commit()
    committed 1 new (Tag)
    > n = new Tag('n'); m = new Tag('m'); addAll([n, m]); flush(); expunge(n); session.uncommitted
    2 new (Tag)
    > twin = new Tag('taken'); add(twin); commit()
    Uncaught UniqueViolation
    > expunge(twin); add(n); session.uncommitted
    2 new (Tag)
    > rollback()
    rolled back 2 new (Tag)
    > [n.id, m.id, session.new.length, Tag.query.count()]
    [ undefined, undefined, 0, 1 ]`,
  ],
  ...['rollback()', "nested(() => { write(); throw new Error('no') }).catch(() => 0)"].map((undo): Script => [
    `18: what refers to a new object by its row alone does not stage it once both are undone, by ${undo}`,
    `> k = new Country('k', 'K'); t = new Town('t', k); add(t); commit()
    committed 2 new (Country, Town)
    > n = new Country('n', 'N'); write = () => { add(n); flush(); Town.query.update({ country: n }); return [t.country === n, n.towns.length] }
    > ${undo === 'rollback()' ? 'write()' : '[true, 1]'}
    [ true, 1 ]
    > ${undo}; session.new
    []
    > t.name = 'u'; commit()
    committed 1 changed (Town)
    > [t.country === k, n.towns.length, Country.query.count()]
    [ true, 0, 1 ]
    > add(n); commit(); [t.country === k, n.towns.length]
    [ true, 0 ]`,
  ]),
];

testScripts('what rollback() says', scripts);
