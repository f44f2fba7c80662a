// The numbers in the names are those of docs/session.md.
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';
import { boxes } from '../../fixtures/boxes.ts';

/** How something is taken from a box, and what it is. */
const taken: readonly (readonly [string, string, string])[] = [
  ['out of the list', 'a.inner.remove(b)', 'b'],
  ['by its own side', 'b.outer = null', 'b'],
  ['off by the other side of a one-to-one relation', 'a.lid = null', 'l'],
  ['off by its own side of a one-to-one relation', 'l.box = null', 'l'],
  ['off as another takes its place', "a.lid = new Lid('k')", 'l'],
  ['off as another takes its place by its own side', "k = new Lid('k'); k.box = a; add(k)", 'l'],
];

const made = "> a = new Box('a'); b = new Box('b', a); l = new Lid('l', a); addAll([a, b, l])";
const read = 'a.inner.length; [b.outer.name, l.box.name]';

/** Ways not to know what is in a box, or on a jar. */
const unknown: readonly (readonly [string, string])[] = [
  ['that has expired with a commit', 'commit()'],
  ['that has expired', '[a, b, l, j, c].map(each => expire(each)).length'],
  ['of which something else was read since', '[b.name, l.name]'],
  [
    'of which there are only references',
    'em.clear(); [a, b, l, j, c] = [[Box, 1], [Box, 2], [Lid, 1], [Jar, 1], [Cap, 1]].map(one => em.getReference(...one))',
  ],
  [
    'that a query has come to',
    'em.clear(); for (b of Box.query); for (l of Lid.query); for (j of Jar.query) c = j.cap',
  ],
];

/** How something is taken, its class, and what is left of that. */
const unread: readonly (readonly [string, string, string, string])[] = [
  ['out of the list by its own side', 'b.outer = null', 'Box', "[ 'a' ]"],
  ['out of the list by em.assign()', 'em.assign(b, { outer: null })', 'Box', "[ 'a' ]"],
  ['off by its own side', 'l.box = null', 'Lid', '[]'],
  ['off by the other side', 'a.lid = null', 'Lid', '[]'],
  ['off by the side with the column', 'j.cap = null', 'Cap', '[]'],
  ['off by the side without it', 'c.jar = null', 'Cap', '[]'],
  ['off as another takes its place', "j.cap = new Cap('k')", 'Cap', "[ 'k' ]"],
];

const scripts: readonly Script[] = [
  ...unknown.flatMap(([whose, forget]) =>
    unread.flatMap(([how, take, type, names]): Script[] => {
      const stored = `${made}; c = new Cap('c'); j = new Jar('j', c); add(j); commit(); ${forget}; 0`;
      return ['0', 'session.deleted.length, session.dirty.length, b.name.length, l.name.length, 0'].map(
        look => [
          `38, 40: what is taken ${how} is removed, of what ${whose}${look === '0' ? '' : ', and is looked at'}`,
          `${stored}
        0
        > ${take}; (${look})
        0
        > commit(); ${type}.query.all().map(one => one.name)
        ${names}`,
        ],
      );
    }),
  ),
  ...taken.flatMap(([how, take, what]): Script[] => [
    [
      `38: what is taken ${how} is removed`,
      `${made}; commit(); ${read}
      [ 'a', 'a' ]
      > ${take}; session.deleted[0] === ${what}
      true
      > rollback(); [${read.replace('; [', ', ')}
      [ 1, 'a', 'a' ]
      > ${take}; twin = new Box('a'); add(twin); commit()
      Uncaught UniqueViolation
      > expunge(twin); String(commit()).includes('1 removed')
      true
      > [session.has(${what}), session.new, session.deleted]
      [ false, [], [] ]`,
    ],
    [
      `38: what is new and taken ${how} is not inserted`,
      `${made}; ${take}; session.new.includes(${what})
      false
      > commit(); ${what === 'b' ? 'Box' : 'Lid'}.query.filterBy({ name: '${what}' }).count()
      0
      > session.has(${what})
      false`,
    ],
  ]),
  ...taken.slice(0, 4).flatMap(([how, take, what]) =>
    ['commit(); rollback()', 'rollback(); commit()', 'commit(); commit(); rollback()'].map((end): Script => [
      `38: what was put in and taken ${how} in one transaction does not come back with ${end}`,
      `> a = new Box('a'); b = new Box('b'); l = new Lid('l'); addAll([a, b, l]); commit()
        committed 3 new (Box, Lid)
        > b.outer = a; l.box = a; flush(); ${take}; flush(); ${end}; em.flush(); commit()
        nothing to commit
        > [Box.query.filterBy({ name: 'b' }), Lid.query].map(each => each.count())
        ${end.startsWith('rollback') ? '[ 1, 1 ]' : what === 'b' ? '[ 0, 1 ]' : '[ 1, 0 ]'}`,
    ]),
  ),
  [
    '38: an orphan by its own side is given away again',
    `${made}; commit(); ${read}
    [ 'a', 'a' ]
    > c = new Box('c'); b.outer = null; b.outer = c; session.deleted
    []
    > commit(); [b.outer === c, a.inner]
    [ true, [] ]`,
  ],
  [
    '38: refresh() and expire() of an orphan by its own side take that back',
    `${made}; commit(); ${read}
    [ 'a', 'a' ]
    > b.outer = null; refresh(b); [b.outer === a, session.deleted]
    [ true, [] ]
    > b.outer = null; expire(b); [b.outer === a, session.deleted]
    [ true, [] ]
    > commit()
    nothing to commit`,
  ],
  [
    '38: refresh() and expire() of what has lost its orphan take that back',
    `> c = new Cap('c'); j = new Jar('j', c); add(j); commit(); [c.jar.name, j.cap.name]
    [ 'j', 'c' ]
    > j.cap = null; refresh(j); [j.cap === c, session.deleted]
    [ true, [] ]
    > c.jar = null; expire(j); [j.cap === c, session.deleted]
    [ true, [] ]
    > j.cap = new Cap('d'); refresh(j); [j.cap === c, session.deleted, commit().toString()]
    [ true, [], 'nothing to commit' ]`,
  ],
  [
    '38: an orphan stays one where it refers to something else, and where rows and lists are read',
    `${made}; s = new Shed('s'); t = new Shed('t'); b.shed = s; addAll([s, t]); commit(); [s.boxes.length, t.boxes.length]
    [ 1, 0 ]
    > b.outer = null; b.shed = t; [b.shed.name, s.boxes.length, t.boxes.length, session.deleted.length]
    [ 't', 0, 1, 1 ]
    > expire(s); expire(t); [b.id, a.inner.length, s.boxes.length, t.boxes.length, session.deleted.length]
    [ 2, 0, 0, 0, 0 ]
    > commit(); Box.query.all().map(one => one.name)
    [ 'a' ]`,
  ],
  [
    "38: what was another owner's is no orphan of before, and what was nobody's none at all",
    `${made}; c = new Cap('c'); j = new Jar('j', c); k = new Cap('k'); addAll([j, k]); commit(); [b.outer.name, j.cap.name, l.box.name]
    [ 'a', 'c', 'a' ]
    > commit(); other('update box set outer_id = null'); other('update lid set box_id = null'); other('update jar set cap_id = 2')
    []
    > b.outer = null; l.box = null; j.cap = null; commit()
    committed 3 changed (Box, Jar, Lid), 1 removed (Cap)
    > [Box.query.count(), Lid.query.count(), Cap.query.one() === c]
    [ 2, 1, true ]`,
  ],
  ...[
    "k = new Jar('k', c); add(k)",
    "k = new Jar('k'); add(k); k.cap = c",
    "k = new Jar('k'); c.jar = k",
  ].flatMap(move =>
    ['0', 'expire(j); expire(c)', 'commit()'].map((forget): Script => [
      `38: what has moved is no orphan, by ${move} after ${forget}`,
      `> c = new Cap('c'); j = new Jar('j'); addAll([c, j]); flush(); c.jar = j; flush(); ${forget}; ${move}; commit(); Cap.query.count()
      1
      > [j.cap, k.cap === c]
      [ null, true ]`,
    ]),
  ),
  [
    '38: an orphan makes room for another object, which has a row',
    `${made}; m = new Lid('m'); add(m); commit(); ${read}
    [ 'a', 'a' ]
    > a.lid = m; commit()
    committed 1 changed (Lid), 1 removed (Lid)
    > [a.lid === m, Lid.query.count()]
    [ true, 1 ]
    > n = new Lid('n'); add(n); commit(); remove(m); n.name = 'm'; n.box = a; commit()
    committed 1 changed (Lid), 1 removed (Lid)`,
  ],
];

testScripts('orphans', scripts, dialects, boxes);

const inKeys = ['add(s)', 'add(e)'].flatMap(staged =>
  ['s.enrollments.remove(e)', 's.enrollments.removeAll()', 's.enrollments = []'].map((take): Script => [
    `38: a new orphan that has its owner in its key is not inserted: ${staged}; ${take}`,
    `> s = new Student('s'); c = new Course('c'); addAll([s, c]); commit(); e = new Enrollment(s, c, 1); ${staged}; ${take}; 0
    0
    > [session.new.includes(e), s.enrollments.length]
    [ false, 0 ]
    > s.enrollments.add(e); commit(); [s.enrollments[0] === e, other('select grade from enrollment').length]
    [ true, 1 ]`,
  ]),
);

testScripts('orphans with their owners in their keys', inKeys);

/** How something loses its owner, and what that was called. */
const losses: readonly (readonly [string, string])[] = [
  ['x = l', 'a.lid = m'],
  ['x = l', 'a.lid = null'],
  ['x = l', 'l.box = null'],
  ['x = l', 'm.box = a'],
  ['x = c', 'j.cap = null'],
  ['x = c', "j.cap = new Cap('n')"],
  ['x = c', 'c.jar = null'],
  ['x = b', 'b.outer = null'],
  ['x = b', 'a.inner.remove(b)'],
  ['x = b', 'a.inner = []'],
];
const looks: readonly (readonly [string, string])[] = [
  ['commit()', '0'],
  ['commit()', 'session.deleted.length'],
  ['commit(); a.name; b.name; l.name; m.name; c.name; j.name', '0'],
];

const addedBack = losses.flatMap(([name, loss]) =>
  looks.map(([before, look]): Script => [
    `38: what is added once it has lost its owner stays: ${loss} after ${before}, then ${look}`,
    `> a = new Box('a'); b = new Box('b', a); l = new Lid('l', a); m = new Lid('m'); c = new Cap('c'); j = new Jar('j', c); addAll([a, b, l, m, j]); ${before}; ${name}; ${loss}; ${look}; add(x); session.deleted
    []
    > commit(); [session.has(x), get(x.constructor, x.id) === x]
    [ true, true ]
    > a.name = 'z'; commit(); [Box.query.count(), Lid.query.count(), Cap.query.filterBy({ name: 'c' }).count()]
    [ 2, 2, 1 ]`,
  ]),
);

testScripts('orphans that are added', addedBack, dialects, boxes);

const linkedThen = ['b.lid = m', 'm.box = b'].flatMap(link =>
  ['0', 'b.name'].map((look): Script => [
    `11, 38: what is linked to something once it has lost its owner stays: ${link} after ${look}`,
    `> a = new Box('a'); b = new Box('b', a); m = new Lid('m'); addAll([a, b, m]); commit(); ${look}; b.outer = null; ${link}; commit()
    committed 2 changed (Box, Lid)
    > [Box.query.count(), m.box === b, b.outer]
    [ 2, true, null ]`,
  ]),
);

testScripts('orphans that are linked', linkedThen, dialects, boxes);
