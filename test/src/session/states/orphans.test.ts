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

const scripts: readonly Script[] = [
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
