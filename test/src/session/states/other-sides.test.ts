// The numbers in the names are those of docs/session.md.
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';
import { boxes } from '../../fixtures/boxes.ts';

const box = `
  > b = new Box('b'); c = new Box('c'); addAll([b, c]); commit()
  committed 2 new (Box)`;

/** How a new object comes to the other side of a one-to-one relation. */
const attaching: readonly (readonly [string, string])[] = [
  ['added with it', "l = new Lid('l', b); add(l)"],
  ['assigned to it', "l = new Lid('l'); b.lid = l"],
  ['added with it, which was read before', "b.lid; l = new Lid('l'); l.box = b; add(l)"],
];

const scripts: readonly Script[] = [
  ...attaching.flatMap(([what, attach]): Script[] => [
    [
      `18: rollback() takes a new object from the other side of a one-to-one relation, ${what}`,
      `${box}
      > ${attach}; rollback()
      rolled back 1 new (Lid)
      > [session.new, b.lid, l.name]
      [ [], null, 'l' ]
      > b.name = 'x'; commit()
      committed 1 changed (Box)`,
    ],
    [
      `18: also after flush(), ${what}`,
      `${box}
      > ${attach}; flush(); rollback(); b.name = 'x'; commit()
      committed 1 changed (Box)
      > b.lid
      null`,
    ],
    [
      `31: and nested() that fails, ${what}`,
      `${box}
      > nested(() => { ${attach}; throw new Error('no') })
      Uncaught Error: no
      > b.name = 'x'; commit()
      committed 1 changed (Box)
      > b.lid
      null`,
    ],
  ]),
  [
    '18: a new object that moved from one list to another is in none after rollback()',
    `> k = new Knot('k'); m = new Knot('m'); n = new Knot('n', k); addAll([k, m, n]); commit(); em.clear()
    > [k, m, n] = Knot.query.all(); z = new Knot('z', n); add(z); n.kids.length; m.kids.length; m.kids.add(z); rollback()
    rolled back 1 new (Knot)
    > k.name = 'x'; commit()
    committed 1 changed (Knot)
    > [m.kids, n.kids]
    [ [], [] ]`,
  ],
];

testScripts('other sides', scripts, dialects, boxes);
