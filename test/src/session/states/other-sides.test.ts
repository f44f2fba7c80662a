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

const knot = "> n = new Knot('n'); add(n); commit(); em.clear()";

/** How much of the parent is loaded, of which the list was never read. */
const unread: readonly (readonly [string, string])[] = [
  ['which is loaded', 'n = Knot.query.one()'],
  ['which is a reference', 'n = em.getReference(Knot, n.id)'],
];

const inherited = [
  ['of one table', 'Fleet', 'Car', 'fleet', 'units'],
  ['of tables of their own', 'Text', 'Memo', 'about', 'replies'],
] as const;

const kept = [
  ['by the other side of a one-to-one relation', 'a.lid = null; a.lid = l', 'a.lid === l'],
  ['to another, by the other side', 'a.lid = null; c.lid = l', 'c.lid === l'],
  ['by the relation itself', 'a.lid = null; l.box = a', 'a.lid === l'],
  ['to another, by the relation itself', 'a.lid = null; l.box = c', 'c.lid === l'],
  ['out of a list', 'a.inner.remove(b); b.outer = c', 'c.inner[0] === b'],
] as const;

/** What happens beside to a lid, and what a query finds then: the box that it is on. */
const beside = [
  ['moved by another session', 'other(`update lid set box_id = ${c.id} where id = ${l.id}`)', "'c'"],
  ['taken off by another session', 'other(`update lid set box_id = null where id = ${l.id}`)', 'null'],
  ['deleted by another session', 'other(`delete from lid where id = ${l.id}`)', 'null'],
  ['taken off by SQL', 'em.execute(`update lid set box_id = null where id = ${l.id}`)', 'null'],
] as const;

/** Ways to read what a box has at the side that has no column. */
const readings = [
  'b.name; c.name',
  'c.lid?.name; b.lid?.name',
  'Box.query.all()',
  "Box.query.populate('lid').all()",
  'refresh(b); refresh(c)',
  'em.find(Box, {}, { refresh: true })',
  "em.populate([b, c], ['lid'], { refresh: true })",
  'em.refresh(b)',
  'em.transactional(inner => inner.find(Box, {}, { refresh: true }))',
] as const;

const scripts: readonly Script[] = [
  ...beside.map(([what, change, found]): Script => [
    `21: reading stages nothing at the other side of a one-to-one relation, ${what}`,
    readings
      .map(
        read => `
      > b = new Box('b'); c = new Box('c'); l = new Lid('l', b); addAll([b, c, l]); commit()
      committed 3 new (Box, Lid)
      > l.name; ${change}; ${read}; [session.dirty, session.deleted]
      [ [], [] ]
      > [b.name, c.name, b.lid?.name, c.lid?.name]; [session.dirty, session.deleted]
      [ [], [] ]
      > commit(); Lid.query.first()?.box?.name ?? null
      ${found}
      > Lid.query.delete(); Box.query.delete(); commit(); em.clear()`,
      )
      .join(''),
  ]),
  ...['refresh(m)', 'em.refresh(m)', "em.find(Lid, { name: 'm' }, { refresh: true })"].map((read): Script => [
    `21: what the row of another object brings takes nothing from those that were read before, by ${read}`,
    `${box}
      > l = new Lid('l', b); m = new Lid('m'); addAll([l, m]); commit(); [l.name, m.name, b.lid.name]
      [ 'l', 'm', 'l' ]
      > other('update lid set box_id = null'); other("update lid set box_id = 1 where name = 'm'"); ${read}; 0
      0
      > [session.dirty, session.deleted, l.box === b, m.box === b, b.lid === m]
      [ [], [], true, true, true ]
      > commit(); [l.box, m.box === b, b.lid === m]
      [ null, true, true ]`,
  ]),
  [
    '21: what has another object now is looked for, also among those that were read before',
    `${box}
    > l = new Lid('l', b); m = new Lid('m'); addAll([l, m]); commit(); [l.name, m.name, b.lid.name]
    [ 'l', 'm', 'l' ]
    > other('update lid set box_id = null'); other("update lid set box_id = 1 where name = 'm'"); refresh(l)
    > [session.dirty, session.deleted, l.box, b.lid === m]
    [ [], [], null, true ]`,
  ],
  [
    '40: what was assigned to one object stays at the other side, whatever the row of another brings',
    `${box}
    > l = new Lid('l'); m = new Lid('m'); addAll([l, m]); commit(); l.box = b
    > other("update lid set box_id = 1 where name = 'm'"); refresh(m); [m.box === b, b.lid === l]
    [ true, true ]
    > k = new Lid('k', c); other("update lid set box_id = 2 where name = 'm'"); refresh(m); [m.box === c, c.lid === k]
    [ true, true ]
    > other("update lid set box_id = null where name = 'm'"); refresh(m); commit()
    committed 1 new (Lid), 1 changed (Lid)`,
  ],
  [
    '21: reading stages nothing where the key of an object is what it is on',
    `> b = new Bolt('b'); n = new Nut('n', b); addAll([b, n]); commit(); n.name
    'n'
    > other('delete from nut'); b.name; [session.dirty, session.deleted, b.nut]
    [ [], [], null ]
    > [Bolt.query.count(), n.bolt === b]
    [ 1, true ]
    > commit(); n.name
    Uncaught ObjectDeleted: Nut 1 is no longer in the database`,
  ],
  [
    '28: update() of a query counts a row once, also if the other side is read afterwards',
    `${box}
    > l = new Lid('l', b); add(l); commit(); l.name; Lid.query.update({ box: null }); b.lid
    null
    > [session.dirty, String(session.uncommitted)]
    [ [], '1 changed (Lid)' ]
    > commit()
    committed 1 changed (Lid)`,
  ],
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
  ...unread.flatMap(([what, load]): Script[] => [
    [
      `11, 12: what is new is staged by the list of its parent, ${what}`,
      `${knot}
      > ${load}; k = new Knot('k', n); String(session.pending)
      '1 new (Knot)'
      > n.kids[0] === k
      true
      > commit(); [n.kids.length, k.parent === n]
      [ 1, true ]`,
    ],
    [
      `11: without a query, ${what}`,
      `${knot}
      > ${load}; k = new Knot('k'); k.parent = n; commit()
      committed 1 new (Knot)
      > n.kids[0] === k
      true`,
    ],
    [
      `11, 18, 19: until it leaves that again, ${what}`,
      `${knot}
      > ${load}; k = new Knot('k', n); k.parent = null; commit()
      nothing to commit
      > k.parent = n; rollback(); [session.new, n.kids]
      [ [], [] ]
      > k = new Knot('n', n); commit()
      Uncaught UniqueViolation
      > k.name = 'k'; commit()
      committed 1 new (Knot)
      > [n.kids[0] === k, n.kids.length]
      [ true, 1 ]`,
    ],
  ]),
  [
    '11, 12: what is new is staged by the other side of a one-to-one relation of a reference, until it leaves that',
    `> b = new Box('b'); c = new Box('c'); addAll([b, c]); commit(); em.clear()
    > b = em.getReference(Box, b.id); l = new Lid('l', b); String(session.pending)
    '1 new (Lid)'
    > l.box = null; session.new
    []
    > l.box = b; rollback(); [session.new, b.lid]
    [ [], null ]
    > em.clear(); b = em.getReference(Box, b.id); c = em.getReference(Box, c.id); l = new Lid('l', b); l.box = c; commit()
    committed 1 new (Lid)
    > [b.lid, c.lid === l, c.name]
    [ null, true, 'c' ]`,
  ],
  ...inherited.map(([what, parent, child, relation, list]): Script => [
    `11, 12: a relation that a subclass inherits has its other side, ${what}`,
    `> f = new ${parent}('f'); add(f); commit(); f.${list}.length
      0
      > a = new ${child}('a'); a.${relation} = f; [f.${list}[0] === a, String(session.pending)]
      [ true, '1 new (${child})' ]
      > commit(); [f.${list}[0] === a, a.${relation} === f]
      [ true, true ]
      > b = new ${child}('b', f); commit(); f.${list}.length
      2
      > a.${relation} = null; [f.${list}[0] === b, f.${list}.length]
      [ true, 1 ]
      > rollback(); f.${list}.length
      2
      > a.name; f.${list}[0].name; remove(a); f.name = 'x'; commit()
      committed 1 changed (${parent}), 1 removed (${child})
      > [f.${list}[0] === b, f.${list}.length]
      [ true, 1 ]`,
  ]),
  ...kept.map(([what, steps, where]): Script => [
    `38: what is taken out and given away again is no orphan, ${what}`,
    `> a = new Box('a'); b = new Box('b', a); c = new Box('c'); l = new Lid('l', a); addAll([b, c, l]); commit(); em.clear()
      > [a, b, c] = Box.query.orderBy('name').all(); l = Lid.query.one()
      > ${steps}; [session.deleted, String(session.pending).includes('removed')]
      [ [], false ]
      > commit(); [Box.query.count(), Lid.query.count(), ${where}]
      [ 3, 1, true ]`,
  ]),
];

testScripts('other sides', scripts, dialects, boxes);
