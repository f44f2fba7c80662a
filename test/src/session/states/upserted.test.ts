// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { testScripts } from '../../../support/typed.ts';

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
  undefined,
  { Farm },
);
