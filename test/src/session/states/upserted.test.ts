// The numbers in the names are those of docs/session.md.
import { type Collection, defineEntity, p } from '@mikro-orm/core';
import { withMariadb } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

class Farm {
  declare id: number;
  declare name: string;
  declare acres: number | null;
  declare price: string | null;

  constructor(name: string) {
    this.name = name;
    this.acres = null;
    this.price = null;
  }
}

defineEntity({
  name: 'Farm',
  properties: {
    id: p.integer().primary(),
    name: p.string().unique(),
    acres: p.integer().nullable(),
    price: p.decimal().precision(10).scale(2).nullable(),
  },
}).setClass(Farm);

const upserts = {
  'em.upsert()': "em.upsert(Farm, { name: 'a', acres: 7 })",
  'em.upsertMany()': "em.upsertMany(Farm, [{ name: 'a', acres: 7 }])",
};

/** What a farm grows. Its key is of a type of its own. */
class Crop {
  declare id: string;
  declare farm: Holding | null;
}

class Plot {
  declare id: string;
  declare holding: Holding | null;
}

class Holding {
  declare id: number;
  declare name: string;
  declare acres: number;
  declare crops: Collection<Crop>;
  declare owners: Collection<Crop>;
  declare plot: Plot | null;
}

defineEntity({
  name: 'Crop',
  properties: { id: p.uuid().primary(), farm: () => p.manyToOne(Holding).inversedBy('crops').nullable() },
}).setClass(Crop);
defineEntity({
  name: 'Plot',
  properties: { id: p.uuid().primary(), holding: () => p.oneToOne(Holding).inversedBy('plot').nullable() },
}).setClass(Plot);
defineEntity({
  name: 'Holding',
  properties: {
    id: p.integer().primary(),
    name: p.string().unique(),
    acres: p.integer().default(3),
    crops: () => p.oneToMany(Crop).mappedBy('farm'),
    owners: () => p.manyToMany(Crop),
    plot: () => p.oneToOne(Plot).mappedBy('holding').nullable(),
  },
}).setClass(Holding);

const sided = {
  'em.upsert()': "em.upsert(Holding, { name: 'a' })",
  'em.upsertMany()': "em.upsertMany(Holding, [{ name: 'a' }, { name: 'b' }])",
};

testScripts(
  'rows that are upserted, and have sides without columns',
  Object.entries(sided).map(([by, upsert]) => [
    `18, 35: ${by} where the key of what refers to the row has a type of its own`,
    `> ${upsert}; a = Holding.query.filterBy({ name: 'a' }).one(); [a.acres, a.crops.length, a.owners.length, a.plot, session.dirty]
    [ 3, 0, 0, null, [] ]
    > ${upsert}; [a.acres, session.dirty]
    [ 3, [] ]`,
  ]),
  withMariadb,
  { Holding, Crop, Plot },
);

testScripts(
  'rows that are upserted',
  Object.entries(upserts).map(([by, upsert]) => [
    `18, 35: null stays null in what ${by} reads of a loaded object`,
    `> a = new Farm('a'); add(a); commit(); a.price
    null
    > ${upsert}; ${upsert}; [a.price, a.acres, session.dirty]
    [ null, 7, [] ]
    > rollback(); commit()
    nothing to commit`,
  ]),
  withMariadb,
  { Farm },
);

/** What is upserted of the row of a farm, which is known by its name alone. */
const known = {
  'em.upsert()': ["em.upsert(Farm, { name: 'a', acres: 7 })", ''],
  'em.upsert() that finds nothing to write': ["em.upsert(Farm, { name: 'a' })", ''],
  'em.upsertMany()': ["em.upsertMany(Farm, [{ name: 'a' }, { name: 'b' }])", '[0]'],
  'em.upsert() of a new object': ["em.upsert(new Farm('a'))", ''],
};

testScripts(
  'rows that are upserted, and are loaded',
  Object.entries(known).flatMap(([by, [upsert = '', first = '']]) => [
    [
      `22, 33: ${by} gives the one object of a row`,
      `> a = new Farm('a'); add(a); commit(); a.name
      'a'
      > (${upsert})${first} === a && get(Farm, 1) === a && session.has(a)
      true
      > em.clear(); b = (${upsert})${first}; c = (${upsert})${first}; [b === c, b.id, Farm.query.first() === b]
      [ true, 1, true ]
      > b.name = 'z'; commit()
      committed 1 changed (Farm)`,
    ],
    [
      `40: ${by} leaves staged what it was not given`,
      `> a = new Farm('a'); add(a); commit(); a.price
      null
      > a.price = '5.00'; ${upsert.replace("new Farm('a')", "Farm, { name: 'a', acres: 8 }")}; [a.price, String(session.pending)]
      [ '5.00', '1 changed (Farm)' ]
      > rollback(); a.price
      null
      > a.price = '6.00'; ${upsert.replace("new Farm('a')", "Farm, { name: 'a', acres: 9 }")}; commit(); Number(a.price)
      6`,
    ],
  ]),
  withMariadb,
  { Farm },
);

testScripts(
  'defaults of columns that are upserted',
  [
    [
      '33: em.upsert() of a new object leaves what the row has where nothing was set',
      `> b = em.upsert(Holding, { name: 'a', acres: 8 }); em.clear(); h = new Holding(); h.name = 'a'; em.upsert(h); [h.acres, session.dirty]
      [ 8, [] ]
      > n = new Holding(); n.name = 'n'; em.upsert(n); n.acres
      3`,
    ],
    [
      '33: em.upsert() puts the object of the row into the lists of what it refers to',
      `> h = em.upsert(Holding, { name: 'h' }); h.crops.length
      0
      > id = '11111111-1111-4111-8111-111111111111'; c = em.upsert(Crop, { id, farm: null }); d = em.upsert(Crop, { id, farm: h.id }); c === d
      true
      > [h.crops.length, h.crops[0] === c, c.farm === h]
      [ 1, true, true ]`,
    ],
  ],
  withMariadb,
  { Holding, Crop, Plot },
);

/** Cats and dogs are in one table. */
class Animal {
  declare id: number;
  declare kind: string;
  declare name: string;
  declare age: number | null;
}

class Cat extends Animal {}

class Dog extends Animal {}

const animal = defineEntity({
  name: 'Animal',
  abstract: true,
  discriminatorColumn: 'kind',
  properties: {
    id: p.integer().primary(),
    kind: p.string(),
    name: p.string().unique(),
    age: p.integer().nullable(),
  },
});
animal.setClass(Animal);
for (const [Type, kind] of [
  [Cat, 'cat'],
  [Dog, 'dog'],
] as const)
  defineEntity({ name: Type.name, extends: animal, discriminatorValue: kind, properties: {} }).setClass(
    Type as never,
  );

/** Ways to come to a row that is there and not loaded. */
const found = {
  'em.upsert()': "em.upsert(Farm, { name: 'a', acres: 7 })",
  'em.upsert() by the key': "em.upsert(Farm, { id: 1, name: 'a', acres: 7 })",
  'em.upsert() of a new object': "em.upsert(Object.assign(new Farm('a'), { acres: 7 }))",
  'em.upsertMany()': "em.upsertMany(Farm, [{ name: 'b', acres: 6 }, { name: 'a', acres: 7 }])[1]",
};

testScripts(
  'what em.upsert() has made',
  [
    [
      '18, 33: is transient once it is undone, whoever came to it meanwhile',
      `> em.begin(); f = em.upsert(Farm, { name: 'a', acres: 7 }); Farm.query.one() === f; rollback(); [session.has(f), get(Farm, 1), Farm.query.count(), f.name]
      [ false, null, 0, 'a' ]
      > f.acres = 8; commit()
      nothing to commit
      > try { nested(async () => { f = em.upsert(Farm, { name: 'b', acres: 7 }); throw 1 }) } catch {}
      > [session.has(f), get(Farm, f.id)]
      [ false, null ]
      > g = new Farm('c'); add(g); commit(); em.begin(); em.upsert(Farm, { name: 'c', acres: 5 }) === g
      true
      > rollback(); [session.has(g), g.acres, session.dirty]
      [ true, null, [] ]
      > em.begin(); [f] = em.upsertMany(Farm, [{ name: 'd', acres: 7 }]); commit(); [session.has(f), f.acres, get(Farm, f.id) === f]
      [ true, 7, true ]`,
    ],
    ...Object.entries(found).map(([by, upsert]): Script => [
      `18, 22, 33: is the object of the row, once it is undone, where there was one: ${by}`,
      `> addAll([new Farm('a'), new Farm('b')]); commit(); em.clear()
      > em.begin(); f = ${upsert}; [f.acres, f.id]
      [ 7, 1 ]
      > rollback(); [session.has(f), get(Farm, 1) === f, f.acres, session.dirty]
      [ true, true, null, [] ]
      > f.acres = 8; commit()
      committed 1 changed (Farm)
      > em.clear(); try { nested(async () => { f = ${upsert}; f.price = '5.00'; throw 1 }) } catch {}
      > [session.has(f), f.acres, f.price, get(Farm, 1) === f, Farm.query.count()]
      [ true, 8, null, true, 2 ]
      > em.clear(); em.begin(); f = ${upsert}; em.clear(); rollback(); add(f); [get(Farm, 1) === f, Farm.query.count()]
      [ true, 2 ]`,
    ]),
  ],
  withMariadb,
  { Farm },
);

testScripts(
  'em.upsert() of a class that shares its table',
  [
    [
      '42: refuses the row of another class, by any of its keys, loaded or not',
      `> c = new Cat(); c.name = 'Tom'; add(c); commit(); em.upsert(Dog, { name: 'Tom' })
      Uncaught BadArgument: em.upsert() cannot make Cat 1 a Dog: its row has a key that was given
      > em.clear(); em.upsertMany(Dog, [{ id: 2, name: 'Rex' }, { id: 1, name: 'Tim' }])
      Uncaught BadArgument: em.upsert() cannot make Cat 1 a Dog: its row has a key that was given
      > [session.dirty, Animal.query.all().length, em.upsert(Dog, { name: 'Rex' }) instanceof Dog]
      [ [], 1, true ]`,
    ],
    [
      '22, 33: writes the row of its own class, with and without anything to update',
      `> em.upsert(Dog, { name: 'Rex', age: 3 }); em.clear(); d = em.upsert(Dog, { name: 'Rex', age: 4 }); [d.id, d.age]
      [ 1, 4 ]
      > em.upsertMany(Dog, [{ name: 'Rex', age: 5 }, { name: 'Tim', age: 6 }]).map(each => each.age)
      [ 5, 6 ]
      > em.clear(); em.upsertMany(Dog, [{ name: 'Rex' }, { name: 'Tim' }]).map(each => each.age)
      [ 5, 6 ]
      > em.clear(); Animal.query.orderBy('name').all().map(each => each.constructor.name + each.name + each.age)
      [ 'DogRex5', 'DogTim6' ]`,
    ],
  ],
  withMariadb,
  { Animal, Cat, Dog },
);

/** Calls that would update nothing of a row that was there, and leave out what a new row needs. */
const lacking = {
  'em.upsert()': "em.upsert(Yard, { name: 'a' })",
  'em.upsert() by the key': 'em.upsert(Yard, { id: 1 })',
  'em.upsert() that is told to update nothing':
    "em.upsert(Yard, { name: 'a' }, { onConflictAction: 'ignore' })",
  'em.upsertMany()': "em.upsertMany(Yard, [{ name: 'a' }, { name: 'b' }])",
  'em.upsertMany() of rows of which one has it':
    "em.upsertMany(Yard, [{ name: 'a' }, { name: 'b', owner: 'o' }])",
  'em.upsertMany() that is told to update nothing':
    "em.upsertMany(Yard, [{ name: 'a' }], { onConflictAction: 'ignore' })",
};

class Yard {
  declare id: number;
  declare name: string | null;
  declare owner: string;
}

defineEntity({
  name: 'Yard',
  properties: { id: p.integer().primary(), name: p.string().unique().nullable(), owner: p.string() },
}).setClass(Yard);

testScripts(
  'rows that are upserted without what they need',
  Object.entries(lacking).map(([by, upsert]) => [
    `19, 33: ${by} says what is missing`,
    `> ${upsert}
    Uncaught MissingValue: Yard.owner has no value, and it needs one
    > em.execute('select * from yard').length
    0`,
  ]),
  withMariadb,
  { Yard },
);

testScripts(
  'rows of em.upsertMany() that give different fields',
  [
    [
      '33: each is set to what it gives, and keeps what it does not',
      `> em.upsertMany(Farm, [{ name: 'a' }, { name: 'b', acres: 7 }, { name: 'c' }]).map(farm => farm.name + farm.acres).join()
      'anull,b7,cnull'
      > em.clear(); em.upsertMany(Farm, [{ name: 'a' }, { name: 'b', acres: 8 }]).map(farm => farm.name + farm.acres).join()
      'anull,b8'
      > em.clear(); em.upsertMany(Farm, [{ name: 'a', acres: 3 }, { name: 'b' }]).map(farm => farm.name + farm.acres).join()
      'a3,b8'
      > em.clear(); Farm.query.orderBy('name').all().map(farm => farm.name + farm.acres).join()
      'a3,b8,cnull'`,
    ],
    ...['commit()', 'em.begin()'].map((begin): Script => [
      `19, 33: are written all or none: ${begin}`,
      `> b = new Farm('b'); add(b); commit(); b.acres; ${begin}; em.upsertMany(Farm, [{ name: 'a' }, { name: 'b', acres: 7 }, { id: 9, acres: 1 }])
      Uncaught MissingValue: Farm.name has no value, and it needs one
      > [b.acres, session.dirty, session.new, Farm.query.count(), Farm.query.one() === b]
      [ null, [], [], 1, true ]
      > em.upsertMany(Farm, [{ name: 'a' }, { name: 'b', acres: 7 }]).length; rollback(); [b.acres, Farm.query.count()]
      ${begin === 'commit()' ? '[ 7, 2 ]' : '[ null, 1 ]'}`,
    ]),
  ],
  withMariadb,
  { Farm },
);
