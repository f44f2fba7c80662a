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
  [
    '33: a reference that another row has is refused as a whole',
    `${begin}
    > f.next = g; commit(); em.upsert(Leg, { no: 'G', part: 2, next: ['F', 2] })
    Uncaught UniqueViolation
    > em.upsert(Leg, { no: 'G', part: 2, next: ['F', 1] }).next === f
    true`,
  ],
];

testScripts('em.upsert() and references to keys of several columns', scripts, dialects, { Leg, Ticket });
