// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../support/databases.ts';
import { testScripts } from '../../support/typed.ts';

/** Has a key of two parts, and refers to another one. */
class Leg {
  declare no: string;
  declare part: number;
  declare after: Leg | null;
  declare before: Leg | null;

  constructor(no: string, after: Leg | null = null) {
    this.no = no;
    this.part = 1;
    this.after = after;
  }
}

defineEntity({
  name: 'Leg',
  properties: {
    no: p.string().primary(),
    part: p.integer().primary(),
    after: () => p.oneToOne(Leg).inversedBy('before').nullable(),
    before: () => p.oneToOne(Leg).mappedBy('after').nullable(),
  },
}).setClass(Leg);

testScripts(
  'a relation to a key of several parts',
  [
    ...[
      ['{ after: null }', 'a'],
      ['{ after: { $eq: null } }', 'a'],
      ['{ after: { $ne: null } }', 'b'],
      ['{ $not: { after: null } }', 'b'],
      ['{ before: null }', 'b'],
      ['{ before: { $ne: null } }', 'a'],
    ].map(
      ([conditions, found]) =>
        [
          `26: is compared with null: ${conditions}`,
          `> a = new Leg('a'); b = new Leg('b', a); add(b); commit(); Leg.query.filter(${conditions}).all().map(each => each.no)
          [ '${found}' ]`,
        ] as const,
    ),
    [
      '29: is looked for as null by update() and delete()',
      `> a = new Leg('a'); b = new Leg('b', a); add(b); commit(); b.after; Leg.query.filterBy({ before: null }).update({ after: null })
      1
      > commit(); [b.after, Leg.query.filterBy({ after: null }).delete()]
      [ null, 2 ]`,
    ],
  ],
  dialects,
  { Leg },
);
