// The numbers in the names are those of docs/session.md.
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';
import { floors } from '../../fixtures/floors.ts';

const stored = `
  > f = new Floor('h', 1); g = new Floor('h', 2); r = new Room('r', f); l = new Lamp('l', r); k = new Desk('k', f); p = new Plate('p', f); q = new Plate('q'); d = new Door('d', f); e = new Door('e')
  > addAll([f, g, l, k, p, q, d, e]); commit()
  committed 9 new (Desk, Door, Floor, Lamp, Plate, Room)`;

const looked = '> [f.rooms.length, f.desks.length, f.plate.name, f.door.name, r.lamps.length].length\n5';

/** Ways in which something moves from one floor to another, without the session's objects hearing of it. */
const moves: readonly (readonly [string, (type: string, table: string) => string])[] = [
  [
    'by update() of a query',
    type => `${looked}\n> ${type}.query.filterBy({ floor: f }).update({ floor: g })\n1`,
  ],
  ['by em.nativeUpdate()', type => `> em.nativeUpdate(${type}, { floor: ['h', 1] }, { floor: ['h', 2] })\n1`],
  ['in another session', (_, table) => `> ${beside(table)}\n[]`],
  [
    'in another session, and has expired since',
    (type, table) =>
      `${looked}\n> ${beside(table)}; [f, r, k, p, d].forEach(each => session.expire(each)); '${type}'\n'${type}'`,
  ],
];

const beside = (table: string) => `other('update ${table} set floor_no = 2 where floor_no = 1')`;

/** What moves, and the decision that is made then. */
const removals = [
  ['Room', 'r', 'remove(f)'],
  ['Room', 'r', 'em.remove(f)'],
  ['Room', 'r', 'em.remove(f); em.flush()'],
  ['Desk', 'k', 'remove(f)'],
  ['Desk', 'k', 'em.remove(f)'],
  ['Door', 'd', 'remove(f)'],
  ['Door', 'd', 'em.remove(f)'],
] as const;

const assignments = [
  ['Plate', 'p', 'f.plate = null'],
  ['Plate', 'p', 'f.plate = q'],
  ['Plate', 'p', 'q.floor = f'],
  ['Plate', 'p', "add(new Plate('n', f))"],
  ['Plate', 'p', "em.create(Plate, { name: 'n', floor: f })"],
  ['Plate', 'p', 'f.plate = q; em.flush()'],
  ['Plate', 'p', 'f.plate; f.plate = q'],
  ['Plate', 'p', 'f.plate; f.plate = null'],
  ['Door', 'd', 'f.door = null'],
  ['Door', 'd', 'f.door = e'],
  ['Door', 'd', 'e.floor = f'],
] as const;

const all = [...removals, ...assignments].flatMap(decision => moves.map(move => [decision, move] as const));

const gone = [
  ['Plate', 'f.plate = q'],
  ['Plate', 'q.floor = f'],
  ['Plate', 'f.plate; f.plate = q'],
  ['Plate', 'f.plate = null'],
  ['Door', 'f.door = e'],
  ['Door', 'f.door = null'],
] as const;

/** Ways to remove a floor, and to have it back. */
const comings = ['remove(f)', 'em.remove(f)'].flatMap(removal =>
  ['add(f)', "n = new Desk('n', f); add(n); expunge(n)"].map(back => `${removal}; ${back}`),
);

const scripts: readonly Script[] = [
  ...comings.flatMap((come): readonly Script[] => [
    ...[
      ['has expired', '> 5\n5'],
      ['is loaded', looked],
    ].map(([how, look]): Script => [
      `11, 38: what ${how} comes back with what it was to go with: ${come}`,
      `${stored}
    ${look}
    > ${come}; [session.deleted.length, session.dirty.length, session.new.length]
    [ 0, 0, 0 ]
    > commit()
    nothing to commit
    > [f.rooms[0] === r, r.lamps[0] === l, f.desks[0] === k, f.plate === p, f.door === d]
    [ true, true, true, true, true ]`,
    ]),
    ...moves.map(([how, move]): Script => [
      `11, 38: what has moved ${how} stays there once its owner before comes back: ${come}`,
      `${stored}
    ${move('Room', 'room')}
    > ${come}; [session.deleted.length, session.new.length]
    [ 0, 0 ]
    > commit() instanceof Object
    true
    > [r.floor === g, l.room === r, f.rooms.length, g.rooms[0] === r, f.desks[0] === k, f.door === d]
    [ true, true, 0, true, true, true ]
    > other("select floor_no from room where name = 'r'")
    [ { floor_no: 2 } ]`,
    ]),
  ]),
  ...all.map(([[type, name, decision], [how, move]]): Script => [
    `38, 40: what has moved ${how} is another's: ${decision}`,
    `${stored}
    ${move(type, type.toLowerCase())}
    > ${decision}; commit() instanceof Object
    true
    > [session.has(${name}), ${name}.floor === g]
    [ true, true ]
    > other("select floor_no from ${type.toLowerCase()} where name = '${name}'")
    [ { floor_no: 2 } ]`,
  ]),
  ...gone.map(([type, decision]): Script => [
    `40: what is gone is not in the way: ${decision}`,
    `${stored}
    > other('delete from ${type.toLowerCase()} where floor_no = 1')
    []
    > ${decision}; commit() instanceof Object
    true
    > commit()
    nothing to commit`,
  ]),
  [
    '38: what has moved takes along what goes with it no more, on several levels',
    `${stored}
    > s = new Room('s', g); add(s); commit(); [f.rooms.length, r.lamps.length]
    [ 1, 1 ]
    > rollback(); other("update lamp set room_id = 2")
    []
    > remove(f); session.deleted.length
    3
    > commit()
    committed 1 changed (Desk), 3 removed (Door, Floor, Room)
    > [l.room === s, session.has(l)]
    [ true, true ]`,
  ],
  [
    '38: what has not moved goes, and what came since',
    `${stored}
    > f.rooms.length; rollback(); other("insert into room (id, name, floor_house, floor_no) values (9, 'n', 'h', 1)")
    []
    > remove(f); session.deleted.length
    5
    > commit()
    committed 1 changed (Desk), 5 removed (Door, Floor, Lamp, Room)
    > [Room.query.count(), Lamp.query.count(), Door.query.count(), k.floor, p.floor]
    [ 0, 0, 1, null, null ]`,
  ],
  [
    '38: a list that has expired is read again where its items are known',
    `${stored}
    > [f.rooms.length, f.desks.length]
    [ 1, 1 ]
    > other('update room set floor_no = 2').concat(other('update desk set floor_no = 2'))
    []
    > expire(f); remove(f); commit()
    committed 2 removed (Door, Floor)
    > [r.floor === g, k.floor === g]
    [ true, true ]`,
  ],
  [
    '38: what has moved since its owner is to be removed, and has expired by then, stays, too',
    `${stored}
    > [f.rooms.length, f.desks.length, f.door.name]
    [ 1, 1, 'd' ]
    > em.remove(f); em.transactional(() => { throw new Error('no') })
    Uncaught Error: no
    > ${beside('room')}.concat(${beside('desk')})
    []
    > commit()
    committed 2 removed (Door, Floor)
    > [r.floor === g, k.floor === g, session.has(r)]
    [ true, true, true ]`,
  ],
  [
    '38: what goes with its owner does so, too, where both have expired since',
    `${stored}
    > [f.rooms.length, f.desks.length, f.door.name]
    [ 1, 1, 'd' ]
    > em.remove(f); em.transactional(() => { throw new Error('no') })
    Uncaught Error: no
    > commit()
    committed 1 changed (Desk), 4 removed (Door, Floor, Lamp, Room)
    > [Room.query.count(), Lamp.query.count(), k.floor]
    [ 0, 0, null ]`,
  ],
  [
    '12, 40: what is still there gives up its place',
    `${stored}
    > q.floor = f; [p.floor, f.plate === q, String(session.pending)]
    [ null, true, '2 changed (Plate)' ]
    > commit()
    committed 2 changed (Plate)
    > f.plate = null; f.door = null; commit()
    committed 1 changed (Plate), 1 removed (Door)`,
  ],
  [
    '40: who has come to the place that is given away gives it up',
    `${stored}
    > other("update plate set floor_no = 2 where name = 'p'").concat(other("update plate set floor_house = 'h', floor_no = 1 where name = 'q'"))
    []
    > f.plate = null; commit()
    committed 1 changed (Plate)
    > [p.floor === g, q.floor, f.plate]
    [ true, null, null ]`,
  ],
  [
    '40: what is assigned is written, though memory has it there',
    `${stored}
    > ${beside('plate')}
    []
    > f.plate = p; commit()
    committed 1 changed (Plate)
    > [p.floor === f, f.plate === p, g.plate]
    [ true, true, null ]`,
  ],
  [
    '18, 19: it is looked again once a commit has failed, and no more after rollback()',
    `${stored}
    > f.plate = q; x = new Plate('x'); x.id = 1; add(x); commit()
    Uncaught UniqueViolation
    > ${beside('plate')}
    []
    > expunge(x); commit()
    committed 1 changed (Plate)
    > f.plate = null; rollback(); f.plate === q
    true
    > commit()
    nothing to commit`,
  ],
];

testScripts('what has moved elsewhere', scripts, dialects, floors);
