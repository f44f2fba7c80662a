// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

/** Has a key of two columns. */
class Leg {
  declare no: string;
  declare part: number;
  declare next: Leg | null;

  constructor(no: string, part: number) {
    this.no = no;
    this.part = part;
  }
}

class Ticket {
  declare id: number;
  declare price: number;
  declare leg: Leg | null;

  constructor(id: number, leg: Leg) {
    this.id = id;
    this.price = 1;
    this.leg = leg;
  }
}

defineEntity({
  name: 'Leg',
  properties: {
    no: p.string().primary(),
    part: p.integer().primary(),
    next: () => p.oneToOne(Leg).owner().nullable(),
  },
}).setClass(Leg);
defineEntity({
  name: 'Ticket',
  properties: { id: p.integer().primary(), price: p.integer(), leg: () => p.manyToOne(Leg).nullable() },
}).setClass(Ticket);

/** What is upserted where the row refers to F 1, and what it refers to then. */
const upserts: readonly (readonly [string, string])[] = [
  ["em.upsert(Ticket, { id: 1, leg: ['F', 2], price: 2 })", "'F', 2"],
  ["em.upsert(Ticket, { id: 1, leg: ['G', 2], price: 2 })", "'G', 2"],
  ["em.upsert(Ticket, { id: 1, leg: get(Leg, ['F', 2]), price: 2 })", "'F', 2"],
  ['em.upsert(Ticket, { id: 1, leg: null, price: 2 })', 'null, null'],
  ['em.upsert(Ticket, { id: 1, price: 2 })', "'F', 1"],
  ["em.upsert(Object.assign(new Ticket(1, get(Leg, ['F', 2])), { price: 2 }))", "'F', 2"],
  ["em.upsert(Ticket, { id: 1, leg: ['F', 2], price: 2 }, { onConflictMergeFields: ['leg'] })", "'F', 2"],
  ["em.upsert(Ticket, { id: 1, leg: ['F', 2], price: 2 }, { onConflictMergeFields: ['price'] })", "'F', 1"],
  ["em.upsert(Ticket, { id: 1, leg: ['F', 2], price: 2 }, { onConflictExcludeFields: ['leg'] })", "'F', 1"],
  [
    "em.upsertMany(Ticket, [{ id: 1, leg: ['F', 2] , price: 2 }, { id: 2, leg: ['F', 2], price: 2 }])[0]",
    "'F', 2",
  ],
];

/** What would refer to a row that is not there. */
const breaking: readonly string[] = [
  "Ticket.query.update({ leg: ['X', 9] })",
  "em.nativeUpdate(Ticket, {}, { leg: ['X', 9] })",
  "em.insert(Ticket, { id: 3, price: 1, leg: ['X', 9] })",
  "em.insertMany(Ticket, [{ id: 3, price: 1, leg: ['X', 9] }])",
  "em.upsert(Ticket, { id: 1, price: 1, leg: ['X', 9] })",
  "em.upsert(Ticket, { id: 3, price: 1, leg: ['X', 9] })",
  "em.upsertMany(Ticket, [{ id: 3, price: 1, leg: ['X', 9] }])",
  "get(Ticket, 1).leg = em.getReference(Leg, ['X', 9]); commit()",
];

/** What is given for a reference, wherever rows are written past the unit of work, and what its columns hold then. */
const given: readonly (readonly [string, string])[] = [
  ["{ no: 'G', part: 2 }", "'G', 2"],
  ["{ part: 2, no: 'G' }", "'G', 2"],
  ["['G', 2]", "'G', 2"],
  ["get(Leg, ['G', 2])", "'G', 2"],
  ['null', 'null, null'],
];

const writes: readonly string[] = [
  'em.upsert(Ticket, { id: 1, price: 2, leg: GIVEN })',
  'em.upsertMany(Ticket, [{ id: 1, price: 2, leg: GIVEN }])',
  'em.nativeUpdate(Ticket, { id: 1 }, { leg: GIVEN })',
  'em.createQueryBuilder(Ticket).update({ leg: GIVEN }).where({ id: 1 }).execute()',
  'em.fork().nativeUpdate(Ticket, { id: 1 }, { leg: GIVEN })',
  'em.transactional(em => em.nativeUpdate(Ticket, { id: 1 }, { leg: GIVEN }))',
  'em.nativeDelete(Ticket, 1); em.insert(Ticket, { id: 1, price: 2, leg: GIVEN })',
  'em.nativeDelete(Ticket, 1); em.insertMany(Ticket, [{ id: 1, price: 2, leg: GIVEN }])',
  'em.nativeDelete(Ticket, 1); em.createQueryBuilder(Ticket).insert({ id: 1, price: 2, leg: GIVEN }).execute()',
];

/** What is no key of a leg, and nothing is written of. */
const refused: readonly (readonly [string, string])[] = [
  ["{ no: 'G' }", ", or its key as { no, part }, and cannot hold { no: 'G' }"],
  [
    "{ no: 'G', part: 2, next: null }",
    ", or its key as { no, part }, and cannot hold { no: 'G', part: 2, next: null }",
  ],
  ['get(Ticket, 7)', ' and cannot hold a Ticket'],
];

const begin = `> f = new Leg('F', 1); g = new Leg('F', 2); addAll([f, g, new Leg('G', 2), new Ticket(1, f)]); commit()
    committed 4 new (Leg, Ticket)`;

const scripts: readonly Script[] = [
  ...upserts.flatMap(([upsert, key]) =>
    ['0', 'em.clear()'].map((before): Script => [
      `33: all columns of a reference are written, by ${upsert} after ${before}`,
      `${begin}
    > ${before}; t = ${upsert}; [t.leg?.no ?? null, t.leg?.part ?? null]
    [ ${key} ]
    > em.execute('select leg_no, leg_part from ticket where id = 1').flatMap(row => [row.leg_no, row.leg_part])
    [ ${key} ]
    > session.dirty.length
    0`,
    ]),
  ),
  ...breaking.map((statement): Script => [
    `19: a reference to a row that is not there is named, by ${statement}`,
    `${begin}
    > m = ''; try { ${statement} } catch (e) { m = e.message.split('\\n')[0] }; m
    'Leg X, 9 is not in the database, and Ticket.leg refers to it'`,
  ]),
  ...writes.map((write): Script => [
    `33: all columns of a reference are written, by ${write}`,
    given
      .map(
        ([value, key]) => `
    > ${write.replace('GIVEN', value)}; t = Ticket.query.one(); refresh(t); [t.leg?.no ?? null, t.leg?.part ?? null]
    [ ${key} ]
    > em.execute('select leg_no, leg_part from ticket').flatMap(row => [row.leg_no, row.leg_part])
    [ ${key} ]`,
      )
      .reduce((script, lines) => script + lines, begin),
  ]),
  ...writes.map((write): Script => [
    `33: what is no key is refused, by ${write}`,
    refused
      .map(
        ([value, error]) => `
    > ${write.replace('GIVEN', value)}
    Uncaught InvalidValue: Ticket.leg is a Leg${error}`,
      )
      .reduce(
        (script, lines) => script + lines,
        `${begin}
    > em.insert(Ticket, { id: 7, price: 7 })
    7`,
      ),
  ]),
  [
    '33: a reference in a key of several parts is written whole',
    `${begin}
    > em.upsert(Seat, { leg: { no: 'F', part: 2 }, row: 1 }); em.upsert(Meal, { id: 1, seat: { leg: { no: 'F', part: 2 }, row: 1 } }); em.nativeUpdate(Meal, 1, { seat: { row: 1, leg: ['F', 2] } })
    1
    > em.execute('select seat_leg_no, seat_leg_part, seat_row from meal').flatMap(row => Object.values(row))
    [ 'F', 2, 1 ]`,
  ],
  [
    '33: a reference that another row has is refused as a whole',
    `${begin}
    > f.next = g; commit(); em.upsert(Leg, { no: 'G', part: 2, next: ['F', 2] })
    Uncaught UniqueViolation
    > em.upsert(Leg, { no: 'G', part: 2, next: ['F', 1] }).next === f
    true`,
  ],
];

class Seat {
  declare leg: Leg;
  declare row: number;
}

class Meal {
  declare id: number;
  declare seat: Seat | null;
}

defineEntity({
  name: 'Seat',
  properties: { leg: () => p.manyToOne(Leg).primary(), row: p.integer().primary() },
}).setClass(Seat);
defineEntity({
  name: 'Meal',
  properties: { id: p.integer().primary(), seat: () => p.manyToOne(Seat).nullable() },
}).setClass(Meal);

testScripts('em.upsert() and references to keys of several columns', scripts, dialects, {
  Leg,
  Ticket,
  Seat,
  Meal,
});
