// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

class Crew {
  declare id: number;
}

class Pilot extends Crew {
  declare hours: number;
}

defineEntity({
  name: 'Crew',
  discriminatorColumn: 'kind',
  discriminatorValue: 'crew',
  properties: { id: p.integer().primary(), kind: p.string(), name: p.string().nullable() },
} as never).setClass(Crew as never);
defineEntity({
  name: 'Pilot',
  extends: 'Crew',
  discriminatorValue: 'pilot',
  properties: { hours: p.integer().nullable() },
} as never).setClass(Pilot as never);

class Boat {
  declare id: number;
  declare name: string;
  declare captain: Pilot | null;
}

defineEntity({
  name: 'Boat',
  properties: {
    id: p.integer().primary(),
    name: p.string().nullable(),
    captain: () => p.manyToOne(Pilot).nullable(),
  },
}).setClass(Boat);

const begin = `> em.create(Crew, { id: 1, name: 'c' }); em.create(Pilot, { id: 2, name: 'p' }); commit(); em.clear()
    > names = () => em.execute('select name from crew order by id').map(row => row.name); 0
    0`;

const scripts: readonly Script[] = [
  [
    '7, 42: a row that refers to one of another class than its relation is no change, and can be changed',
    `${begin}
    > em.insert(Boat, { name: 'b', captain: 1 }); c = get(Crew, 1); b = Boat.query.one(); [b.captain === c, session.dirty]
    [ true, [] ]
    > b.name = 'c'; commit()
    committed 1 changed (Boat)
    > b.captain = get(Pilot, 2); commit()
    committed 1 changed (Boat)
    > b.captain = c; commit()
    Uncaught BadArgument: Boat.captain takes a Pilot, and holds a Crew`,
  ],
  ...['r.name', 'r.hours', 'refresh(r)'].map((look): Script => [
    `42: a reference to the row of another class is to none: ${look}`,
    `${begin}
    > r = em.getReference(Pilot, 1); ${look}
    Uncaught ObjectDeleted: Pilot 1 is no longer in the database`,
  ]),
  [
    '36, 42: what is assigned to one is not written',
    `${begin}
    > r = em.getReference(Pilot, 1); r.name = 'z'; commit()
    Uncaught StaleRow: Pilot 1 was changed or deleted by somebody else since it was read
    > rollback(); names()
    [ 'c', 'p' ]`,
  ],
  ...['0', 'r.name'].map((look): Script => [
    `42: a class has the rows of those that extend it: ${look}`,
    `${begin}
    > r = em.getReference(Crew, 2); ${look}; r.name = 'z'; commit().changed
    1
    > names()
    [ 'c', 'z' ]`,
  ]),
  [
    '42: em.create() makes none of another class than it is told',
    `${begin}
    > em.create(Pilot, { kind: 'crew' })
    Uncaught BadArgument: Pilot.kind says of which class this Pilot is, and cannot be 'crew'
    > [session.new, em.create(Crew, { kind: 'pilot' }) instanceof Pilot, em.create(Pilot, { kind: 'pilot' }).kind]
    [ [], true, 'pilot' ]
    > em.create(Pilot, { kind: 'none' })
    Uncaught BadArgument: Pilot.kind says of which class this Pilot is, and cannot be 'none'`,
  ],
];

testScripts('rows of other classes of one table', scripts, dialects, { Crew, Pilot, Boat });
