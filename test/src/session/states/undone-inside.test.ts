// The numbers in the names are those of docs/session.md.
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';
import { boxes } from '../../fixtures/boxes.ts';

const failing = (line: string) => `em.transactional(async t => { ${line}; throw new Error('no') })`;

/** What a function does to the lists of `f`, which has `u`, and of `g`, which is new and has `z`. */
const changes: readonly (readonly [string, string])[] = [
  ['a new object is added', "f.units.add(new Unit('n'))"],
  ['a new object is added and flushed', "f.units.add(new Unit('n')); await t.flush()"],
  ['a new object refers to the owner', "new Unit('n', f)"],
  ['objects come and go', 'f.units.remove(u); f.units.add(v)'],
  ['the list is emptied', 'f.units = []'],
];

testScripts(
  'em.transactional() that fails',
  [
    ...changes.map(([what, line]): Script => [
      `31: lists are as before, ${what}`,
      `> f = new Fleet('f'); u = new Unit('u', f); v = new Unit('v'); addAll([u, v]); commit(); [f.units.length, v.name]
      [ 1, 'v' ]
      > ${failing(line)}
      Uncaught Error: no
      > [session.new, session.dirty, f.units.length === 1 && f.units[0] === u, u.fleet === f, v.fleet]
      [ [], [], true, true, null ]
      > f.name = 'x'; commit()
      committed 1 changed (Fleet)`,
    ]),
    [
      '19, 31: lists that were changed before stay so',
      `> f = new Fleet('f'); u = new Unit('u', f); add(u); commit(); f.units.length
      1
      > f.units.add(new Unit('w')); g = new Fleet('g'); g.units.add(new Unit('z')); add(g); String(session.pending)
      '3 new (Fleet, Unit)'
      > ${failing("f.units.add(new Unit('n')); g.units.add(new Unit('m'))")}
      Uncaught Error: no
      > commit()
      committed 3 new (Fleet, Unit)
      > [f, g].map(({ units }) => units.map(({ name }) => name).join())
      [ 'u,w', 'z' ]`,
    ],
    [
      '31: the other side of a one-to-one relation is as before',
      `> b = new Box('b'); add(b); commit(); b.lid
      null
      > ${failing("b.lid = new Lid('n')")}
      Uncaught Error: no
      > [session.new, b.lid]
      [ [], null ]
      > b.name = 'x'; commit()
      committed 1 changed (Box)`,
    ],
  ],
  dialects,
  boxes,
);

const held =
  '[x.name, x.age, x.home.city, x.away?.city, x.past.map(each => each.city).join(), x.meta, x.at?.getTime(), x.bytes?.[0]]';
const changing =
  "x.name = 'z'; x.age = 9; x.home.city = 'z'; x.away.city = 'z'; x.past.push(new Place('z')); x.meta.n.push(2); x.meta.m = 1; x.at.setTime(5); x.bytes[0] = 9";
const filled =
  "x = new Author('x'); x.home = new Place('h'); x.away = new Place('a'); x.past = [new Place('p')]; x.meta = { n: [1] }; x.at = new Date(3000); x.bytes = new Uint8Array([7]); x.books.add(new Book('b', x))";

testScripts('em.transactional() that fails, of what is changed in place', [
  [
    '31: a new object is as before',
    `> ${filled}; add(x); ${held}
    [ 'x', null, 'h', 'a', 'p', { n: [ 1 ] }, 3000, 7 ]
    > ${failing(changing)}
    Uncaught Error: no
    > ${held}
    [ 'x', null, 'h', 'a', 'p', { n: [ 1 ] }, 3000, 7 ]
    > ${failing("b = x.books[0]; b.title = 'z'; b.author = null; x.name = 'y'; await t.flush()")}
    Uncaught Error: no
    > [x.books[0] === b, b.title, b.author === x, x.name, x.id]
    [ true, 'b', true, 'x', undefined ]
    > commit(); ${held}
    [ 'x', null, 'h', 'a', 'p', { n: [ 1 ] }, 3000, 7 ]`,
  ],
  [
    '31: and what was changed before stays so',
    `> ${filled}; add(x); commit(); x.home.city = 'i'; x.past[0].city = 'q'; x.meta.n.push(5); x.at.setTime(4000); x.bytes[0] = 8; ${held}
    [ 'x', null, 'i', 'a', 'q', { n: [ 1, 5 ] }, 4000, 8 ]
    > ${failing(changing)}
    Uncaught Error: no
    > ${held}
    [ 'x', null, 'i', 'a', 'q', { n: [ 1, 5 ] }, 4000, 8 ]
    > commit(); ${held}
    [ 'x', null, 'i', 'a', 'q', { n: [ 1, 5 ] }, 4000, 8 ]`,
  ],
  [
    '31, 35: also where something holds itself',
    `> x = new Author('x'); x.meta = {}; x.meta.me = x.meta; add(x); ${failing("x.name = 'z'")}
    Uncaught Error: no
    > [x.name, x.meta.me === x.meta]
    [ 'x', true ]`,
  ],
]);
