// The numbers in the names are those of docs/session.md.
import { type Collection, defineEntity, p } from '@mikro-orm/core';
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
  undefined,
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
  undefined,
  { Farm },
);
