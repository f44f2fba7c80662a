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
