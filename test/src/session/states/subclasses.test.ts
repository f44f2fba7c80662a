// The numbers in the names are those of docs/session.md.
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';
import { boxes } from '../../fixtures/boxes.ts';
import { papers } from '../../fixtures/papers.ts';

const fleet = `
  > l = new Lorry('l'); c = new Car('c'); c.tow = l; d = new Car('d'); addAll([c, d]); commit()
  committed 3 new (Car, Lorry)`;

const inOneTable: readonly Script[] = [
  ...[
    ['c.tow = d', 'Car.tow takes a Lorry, and holds a Car'],
    ["c.tow = new Car('x')", 'Car.tow takes a Lorry, and holds a Car'],
    ["c.tow = new Unit('u')", 'Car.tow takes a Lorry, and holds a Unit'],
    ['l.guard = d', 'Lorry.guard takes a Lorry, and holds a Car'],
    ["e = new Car('e'); e.tow = d; add(e)", 'Car.tow takes a Lorry, and holds a Car'],
  ].map(([assign, refusal]): Script => [
    `37: an object of another subclass is refused: ${assign}`,
    `${fleet}
      > ${assign}; commit()
      Uncaught BadArgument: ${refusal}
      > rollback(); [c.tow === l, l.guard, l.cars.length, session.dirty]
      [ true, null, 1, [] ]
      > commit()
      nothing to commit`,
  ]),
  [
    '37: also in a condition and in update()',
    `${fleet}
    > Car.query.filterBy({ tow: d }).count()
    Uncaught InvalidValue: Car.tow is a Lorry and cannot hold a Car
    > Car.query.update({ tow: d })
    Uncaught InvalidValue: Car.tow is a Lorry and cannot hold a Car
    > Car.query.filterBy({ tow: l }).count()
    1`,
  ],
  [
    '37: an object of a subclass is taken, and a reference that may be one',
    `${fleet}
    > c.tow = new Big('b'); d.tow = em.getReference(Unit, l.id); commit(); [c.tow instanceof Big, d.tow === l]
    [ true, true ]
    > em.clear(); c = Car.query.filterBy({ name: 'c' }).one(); c.tow = em.getReference(Unit, l.id); commit(); c.tow.name
    'l'`,
  ],
  [
    '40: a reference to an object of a subclass that was never loaded is no change',
    `> c = new Car('c'); c.tow = new Big('b'); add(c); commit(); em.clear(); c = Car.query.one(); session.dirty
    []
    > c.name = 'd'; commit()
    committed 1 changed (Car)
    > c.tow.name = 'z'; commit(); c.tow instanceof Big
    true`,
  ],
  [
    '2: a relation to a class finds the rows of its subclasses, in conditions, orders, populate() and lists',
    `> f = new Fleet('f'); b = new Big('b'); b.fleet = f; c = new Car('c', f); c.tow = b; l = new Lorry('l'); d = new Car('d'); d.tow = l; addAll([c, d]); commit(); em.clear()
    > Car.query.filterBy({ tow: { name: 'b' } }).count()
    1
    > Car.query.filterBy({ tow: { name: { $ne: 'x' } } }).orderBy({ tow: { name: 'desc' } }).all().map(c => c.name)
    [ 'd', 'c' ]
    > Car.query.populate('tow').all().map(c => c.tow.name)
    [ 'b', 'l' ]
    > Fleet.query.filterBy({ units: { name: 'c' } }).count()
    1
    > Fleet.query.populate('units').one().units.map(u => u.name).sort()
    [ 'b', 'c' ]
    > Car.query.filterBy({ tow: { name: 'b' } }).update({ name: 'e' }); Car.query.filterBy({ tow: { fleet: null } }).delete(); commit(); Car.query.all().map(c => c.name)
    [ 'e' ]`,
  ],
  [
    '38: what is removed is not inserted again by what referred to it as to one of its base classes',
    `> l = new Lorry('l'); b = new Big('b'); l.guard = b; c = new Car('c'); c.tow = b; addAll([l, c]); commit(); [l.name, b.name]
    [ 'l', 'b' ]
    > remove(b); commit()
    committed 1 changed (Car), 1 removed (Big)
    > l.cars.length; session.new
    []
    > l.name = 'm'; commit(); [get(Unit, b.id), l.guard, c.tow]
    [ null, null, null ]`,
  ],
  [
    '38: a list lets go of an object of a subclass at once when it is removed',
    `> f = new Fleet('f'); c = new Car('c', f); add(c); commit(); [f.units.length, c.name]
    [ 1, 'c' ]
    > remove(c); f.units
    []
    > rollback(); f.units[0] === c
    true`,
  ],
  ...[
    'u.tow',
    'u.tow = l',
    'em.assign(u, { tow: l })',
    'em.create(Unit, { name: "u", tow: l })',
    'Unit.query.update({ tow: l })',
  ].map((given): Script => [
    `39: what only a subclass has is no property of an object of the base class: ${given}`,
    `> u = new Unit('u'); l = new Lorry('l'); addAll([u, l]); commit()
      committed 2 new (Lorry, Unit)
      > ${given}
      Uncaught UnknownProperty: Unit has no property 'tow'
      > commit()
      nothing to commit
      > Unit.query.filterBy({ tow: null }).count()
      2`,
  ]),
];

const inTables: readonly Script[] = [
  ['line.of', "new Memo('m')", 'Line.of takes a Bill, and holds a Memo'],
  ['line.of', "new Paper('m')", 'Line.of takes a Bill, and holds a Paper'],
  ['memo.after', 'bill', 'Memo.after takes a Memo, and holds a Bill'],
  ['bill.memo', 'bill', 'Bill.memo takes a Memo, and holds a Bill'],
].map(([relation, value, refusal]): Script => [
  `37: an object of another subclass is refused, in tables of their own: ${relation} = ${value}`,
  `> bill = new Bill('b'); line = new Line('l', { of: bill }); memo = new Memo('n'); addAll([line, memo]); commit()
    committed 3 new (Bill, Line, Memo)
    > ${relation} = ${value}; commit()
    Uncaught BadArgument: ${refusal}
    > rollback(); [line.of === bill, memo.after, bill.memo, session.new, session.dirty]
    [ true, null, null, [], [] ]`,
]);

testScripts('subclasses in one table', inOneTable, dialects, boxes);
testScripts('subclasses in tables of their own', inTables, dialects, papers);

/** How `d`, a dog, or a new one would become a cat. */
const becoming: readonly (readonly [string, string])[] = [
  ["d.type = 'cat'", 'Dog 1'],
  ["em.assign(d, { type: 'cat' })", 'Dog 1'],
  ["em.clear(); get(Dog, 1).type = 'cat'", 'Dog 1'],
  ['d.type = null', 'Dog 1'],
  ["e = new Dog('e'); e.type = 'cat'", 'this Dog'],
  ["e = new Dog('e'); add(e); e.type = 'cat'", 'this Dog'],
  ["e = em.assign(new Dog('e'), { type: 'animal' })", 'this Dog'],
];

testScripts(
  'the column that says of which class a row is',
  [
    ...becoming.map(([assign, name]): Script => [
      `37: nothing else can be assigned to it: ${assign}`,
      `> d = new Dog('d'); add(d); commit()
      committed 1 new (Dog)
      > ${assign}
      Uncaught BadArgument: Dog.type says of which class ${name} is, and cannot be anything but 'dog'
      > session.dirty.length
      0`,
    ]),
    [
      '37: what it is may be',
      `> d = new Dog('d'); d.type = 'dog'; add(d); commit(); d.type = 'dog'; d.name = 'e'; commit()
      committed 1 changed (Dog)
      > em.create(Animal, { name: 'c', type: 'cat' }).constructor.name
      'Cat'`,
    ],
  ],
  dialects,
);
