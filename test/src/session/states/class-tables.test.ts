// The numbers in the names are those of docs/session.md.
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';
import { papers } from '../../fixtures/papers.ts';

const all = ['Paper', 'Memo', 'Refund'];
const bills = ['Bill', 'Refund'];

/** Who has a relation, its name, and what it leads to. */
const relations: readonly (readonly [readonly string[], string, readonly string[]])[] = [
  [all, 'about', all],
  [['Paper', 'Memo'], 'copy', ['Memo', 'Refund']],
  [['Paper', 'Refund'], 'bill', bills],
  [['Refund'], 'line', ['Line']],
  [['Memo'], 'after', ['Memo']],
  [['Memo'], 'paid', bills],
  [bills, 'memo', ['Memo']],
  [bills, 'prior', ['Bill']],
  [['Refund'], 'undoes', ['Refund']],
  [['Refund'], 'replaces', bills],
  [['Line'], 'of', bills],
  [['Line'], 'seen', ['Memo']],
];

/** A line always has a bill. */
const made = (type: string, name: string) =>
  type === 'Line' ? `new Line('${name}', { of: new Bill('of ' + Math.random()) })` : `new ${type}('${name}')`;

function scriptsOf(owner: string, name: string, target: string): Script[] {
  const [a, b, c] = [made(owner, 'a'), made(target, 'b'), made(target, 'c')];
  const reload = `em.clear(); a = ${owner}.query.filterBy({ name: 'a' }).one()`;
  return [
    [
      `11, 19: ${owner}.${name} refers to a new ${target}, and then to another`,
      `> a = ${a}; b = ${b}; a.${name} = b; add(a); commit(); ${reload}; a.${name} === ${target}.query.filterBy({ name: 'b' }).one()
      true
      > a.${name} = ${c}; twin = ${b}; add(twin); commit()
      Uncaught UniqueViolation
      > expunge(twin); commit(); ${reload}; [a.${name}.name, session.new, session.dirty]
      [ 'c', [], [] ]
      > c = a.${name}; remove(a); remove(c); commit(); ${target}.query.filterBy({ name: 'c' }).count()
      0`,
    ],
    [
      `18, 19: ${owner}.${name} refers to a new ${target} that is not committed at first`,
      `> z = ${made(target, 'z')}; add(z); commit(); a = ${a}; b = ${b}; a.${name} = b; twin = ${made(target, 'z')}; addAll([a, twin]); commit()
      Uncaught UniqueViolation
      > expunge(twin); flush(); rollback(); [a.${name} === b, a.id, b.id, session.new]
      [ true, undefined, undefined, [] ]
      > add(a); commit(); ${reload}; a.${name}.name
      'b'
      > b = a.${name}; a.${name} = z = ${target}.query.filterBy({ name: 'z' }).one(); flush(); rollback(); [a.${name} === b, session.dirty]
      [ true, [] ]`,
    ],
  ];
}

/** An owner refers to itself, or two to each other. */
function cycleOf(owner: string, name: string): Script {
  const reload = `em.clear(); [a, b] = ${owner}.query.orderBy('name').all()`;
  return [
    `11: ${owner}.${name} in a cycle`,
    `> a = ${made(owner, 'a')}; b = ${made(owner, 'b')}; a.${name} = b; b.${name} = a; add(a); commit(); ${reload}; [a.${name} === b, b.${name} === a]
    [ true, true ]
    > remove(a); remove(b); commit(); c = ${made(owner, 'a')}; c.${name} = c; add(c); commit(); em.clear(); c = ${owner}.query.one(); c.${name} === c
    true
    > c.${name} = null; commit(); c.${name} = c; commit(); em.clear(); c = ${owner}.query.one(); c.${name} === c
    true
    > remove(c); commit(); ${owner}.query.count()
    0`,
  ];
}

const scripts: readonly Script[] = [
  ...relations.flatMap(([owners, name, targets]) =>
    owners.flatMap(owner => [
      ...targets.flatMap(target => scriptsOf(owner, name, target)),
      ...(targets.includes(owner) ? [cycleOf(owner, name)] : []),
    ]),
  ),
  [
    '11: an object in the list of another, and in one of links',
    `> a = new Memo('a'); b = new Bill('b'); r = new Refund('r'); b.lines = [new Line('l')]; b.replies.add(a); r.quotes = [a, b, r]; addAll([b, r]); commit(); em.clear()
    > r = Refund.query.one(); [r.quotes.length, Bill.query.filterBy({ name: 'b' }).one().lines[0].name, Memo.query.one().about.name]
    [ 3, 'l', 'b' ]
    > r.quotes.remove(Memo.query.one()); remove(Bill.query.filterBy({ name: 'b' }).one()); commit()
    committed 1 changed (Refund), 2 removed (Bill, Line)
    > [r.quotes[0] === r, r.quotes.length, Memo.query.one().about]
    [ true, 1, null ]`,
  ],
  [
    '38: what refers to a removed object of a subclass shows it before the flush',
    `> b = new Bill('b'); m = new Memo('m', { about: b }); add(m); commit(); [b.replies.length, m.name]
    [ 1, 'm' ]
    > remove(b); [m.about, String(session.pending)]
    [ null, '1 changed (Memo), 1 removed (Bill)' ]
    > rollback(); [m.about === b, b.replies.length]
    [ true, 1 ]
    > remove(m); b.replies
    []
    > rollback(); c = new Bill('c'); add(c); flush(); c.replies.add(new Memo('n')); remove(c); commit(); session.new
    []`,
  ],
  [
    '28: update() and delete() by what a base class has',
    `> a = new Memo('a'); b = new Refund('b', { total: 1, reason: 'r' }); c = new Refund('c', { total: 2, about: a }); addAll([b, c]); commit(); [a, b, c].map(({ name }) => name).join()
    'a,b,c'
    > [Refund.query.filterBy({ name: 'b' }).update({ name: 'x' }), Refund.query.filterBy({ about: a }).update({ total: 3 }), Bill.query.filterBy({ name: 'c' }).update({ bill: b })]
    [ 1, 1, 1 ]
    > [b.name, c.total, c.bill === b]
    [ 'x', 3, true ]
    > Refund.query.update({ name: 'y', total: 4 })
    Uncaught BadArgument: update() cannot set Refund.name and Refund.total: they are in two tables
    > [Bill.query.filterBy({ name: 'c' }).delete(), Refund.query.count(), Paper.query.count()]
    [ 1, 1, 2 ]
    > rollback(); [Refund.query.delete(), Paper.query.count(), Paper.query.delete(), Memo.query.count()]
    [ 2, 1, 1, 0 ]`,
  ],
  [
    '34: a key that changes with fields of several tables',
    `> r = new Refund('r', { total: 1, reason: 'x' }); m = new Memo('m', { about: r }); add(m); commit()
    committed 2 new (Memo, Refund)
    > r.id = 50; r.name = 's'; r.total = 2; r.reason = 'y'; commit(); em.clear(); r = Refund.query.one(); [r.id, r.name, r.total, r.reason]
    [ 50, 's', 2, 'y' ]
    > Memo.query.one().about === r
    true`,
  ],
  [
    '35, 19: what the table of a base class cannot hold is said before anything is written',
    `> m = new Memo('m'); add(m); commit(); m.name = 'x'.repeat(31); commit()
    Uncaught ValueTooLong: Memo.name takes at most 30 characters, and '${'x'.repeat(31)}' has 31
    > rollback(); r = new Refund('y'.repeat(31)); add(r); commit()
    Uncaught ValueTooLong: Refund.name takes at most 30 characters, and '${'y'.repeat(31)}' has 31
    > r.name = 'r'; commit(); r.id = null; r.reason = 'x'; commit()
    Uncaught MissingValue: Refund.id has no value, and it needs one`,
  ],
  [
    '34: a new object refers to one whose key in the table of the base class changes',
    `> b = new Bill('b'); add(b); commit(); b.id = 50; b.total = 2; add(new Line('l', { of: b })); add(new Memo('m', { paid: b, body: 'x' })); commit()
    committed 2 new (Line, Memo), 1 changed (Bill)
    > em.clear(); b = Bill.query.one(); [b.id, b.total, Line.query.one().of === b, Memo.query.one().paid === b]
    [ 50, 2, true, true ]`,
  ],
  [
    '19: a new object takes the unique value that one of another class gives up',
    `> a = new Refund('a', { total: 1 }); add(a); commit(); a.name = 'b'; a.reason = 'r'; add(new Memo('a')); commit()
    committed 1 new (Memo), 1 changed (Refund)
    > em.clear(); a = Refund.query.one(); [a.name, a.total, a.reason, Memo.query.one().name]
    [ 'b', 1, 'r', 'a' ]`,
  ],
  [
    '19: unique values of base classes that are exchanged',
    `> a = new Memo('a', { body: 'x' }); b = new Refund('b'); addAll([a, b]); commit(); a.name = 'c'; a.body = 'y'; b.name = 'a'; b.reason = 'z'; commit()
    committed 2 changed (Memo, Refund)
    > [a.name, a.body, b.name, b.reason]
    [ 'c', 'y', 'a', 'z' ]`,
  ],
  [
    '19: fields of several tables that were flushed twice before a commit that fails are staged as they were last',
    `> a = new Refund('a', { total: 1, reason: 'x' }); b = new Memo('b'); addAll([a, b]); commit(); a.name = 'c'; a.total = 2; a.reason = 'y'; a.about = b; flush(); a.name = 'd'; a.total = 3; a.reason = 'z'; a.about = null; flush(); twin = new Memo('b'); add(twin); commit()
    Uncaught UniqueViolation
    > expunge(twin); commit()
    committed 1 changed (Refund)
    > em.clear(); a = Refund.query.one(); [a.name, a.total, a.reason, a.about]
    [ 'd', 3, 'z', null ]
    > b = Memo.query.one(); a.about = b; commit(); a.about = null; flush(); a.about = a; nested(() => { a.about = b }); twin = new Memo('b'); add(twin); commit()
    Uncaught UniqueViolation
    > expunge(twin); commit(); em.clear(); Refund.query.one().about === Memo.query.one()
    true`,
  ],
];

testScripts('tables of classes', scripts, dialects, papers);
