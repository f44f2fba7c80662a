// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { withMariadb } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

class Land {
  declare code: string;
  declare name: string;

  constructor(code: string) {
    this.code = this.name = code;
  }
}

/** The land is a part of its key. */
class Town {
  declare land: Land;
  declare name: string;
  declare people: number;

  constructor(land: Land, name: string) {
    Object.assign(this, { land, name, people: 1 });
  }
}

/** The town, and with it the land, is a part of its key. */
class Street {
  declare town: Town;
  declare name: string;
  declare houses: number;
  declare version: number;

  constructor(town: Town, name: string) {
    Object.assign(this, { town, name, houses: 1 });
  }
}

defineEntity({
  name: 'Land',
  properties: { code: p.string().length(9).primary(), name: p.string() },
}).setClass(Land);
defineEntity({
  name: 'Town',
  properties: {
    land: () => p.manyToOne(Land).primary().updateRule('cascade'),
    name: p.string().length(9).primary(),
    people: p.integer(),
  },
}).setClass(Town);
defineEntity({
  name: 'Street',
  properties: {
    town: () => p.manyToOne(Town).primary(),
    name: p.string().length(9).primary(),
    houses: p.integer(),
    version: p.integer().version(),
  },
}).setClass(Street);

const made = `> i = new Land('it'); f = new Land('fr'); r = new Town(i, 'Rome'); m = new Town(i, 'Milan'); a = new Street(r, 'A'); b = new Street(m, 'B'); addAll([f, a, b]); commit()
      committed 6 new (Land, Street, Town)`;

const rows = `[other('select land_code l, name n, people p from town order by name').map(x => [x.l, x.n, x.p].join(' ')), other('select town_land_code l, town_name t, name n, houses h from street order by name').map(x => [x.l, x.t, x.n, x.h].join(' '))]`;

/** Ways to delete A, which somebody else has changed, together with a change of its key. */
const staleRemovals = {
  'the key of afar': "i.code = 'yy'; remove(a); commit()",
  'a part of its own': "r.name = 'Roma'; remove(a); commit()",
  both: "i.code = 'yy'; r.name = 'Roma'; remove(a); remove(b); commit()",
  'em.flush()': "i.code = 'yy'; remove(a); em.flush()",
  'em.transactional()': "em.transactional(async own => { i.code = 'yy'; own.remove(a) })",
};

const stale = Object.entries(staleRemovals).map(([by, line]): Script => [
  `36: a removal of what somebody else has changed is found out: ${by}`,
  `${made}
      > [a.version, b.version, i.code, r.name]
      [ 1, 1, 'it', 'Rome' ]
      > other("update street set version = 2, houses = 3 where name = 'A'")
      []
      > ${line}
      Uncaught StaleRow: Street it, Rome, A was changed or deleted by somebody else since it was read
      > rollback(); ${rows}
      [ [ 'it Milan 1', 'it Rome 1' ], [ 'it Rome A 3', 'it Milan B 1' ] ]
      > a.version; i.code = 'yy'; r.name = 'Roma'; remove(a); commit()
      committed 4 changed (Land, Street, Town), 1 removed (Street)
      > ${rows}
      [ [ 'yy Milan 1', 'yy Roma 1' ], [ 'yy Milan B 1' ] ]`,
]);

testScripts(
  'what is changed together with a key that the database passes on',
  [
    [
      '34, 36: is written, whichever level of the key it is of',
      `${made}
      > i.code = 'yy'; r.people = 9; a.houses = 7; commit(); ${rows}
      [ [ 'yy Milan 1', 'yy Rome 9' ], [ 'yy Rome A 7', 'yy Milan B 1' ] ]
      > [r.land === i, a.town === r, get(Town, ['yy', 'Rome']) === r, get(Town, ['it', 'Rome'])]
      [ true, true, true, null ]
      > i.code = 'zz'; r.name = 'Roma'; r.people = 8; a.houses = 6; b.houses = 5; commit(); ${rows}
      [ [ 'zz Milan 1', 'zz Roma 8' ], [ 'zz Roma A 6', 'zz Milan B 5' ] ]
      > i.code = 'it'; r.land = f; r.people = 7; a.houses = 4; commit(); ${rows}
      [ [ 'it Milan 1', 'fr Roma 7' ], [ 'fr Roma A 4', 'it Milan B 5' ] ]`,
    ],
    [
      '18, 34, 36: also again in one transaction, and where only what refers from afar is loaded',
      `${made}
      > i.code = 'yy'; r.people = 2; flush(); i.code = 'zz'; r.people = 3; a.houses = 4; flush(); i.code = 'it'; a.houses = 5; [r.land === i, a.town === r]
      [ true, true ]
      > commit()
      committed 5 changed (Land, Street, Town)
      > ${rows}
      [ [ 'it Milan 1', 'it Rome 3' ], [ 'it Rome A 5', 'it Milan B 1' ] ]
      > em.clear(); i = get(Land, 'it'); a = Street.query.filterBy({ name: 'A' }).one(); i.code = 'yy'; a.houses = 9; commit(); ${rows}
      [ [ 'yy Milan 1', 'yy Rome 3' ], [ 'yy Rome A 9', 'yy Milan B 1' ] ]
      > i.code = 'zz'; a.houses = 10; flush(); rollback(); [i.code, a.houses, a.town.land === i]
      [ 'yy', 9, true ]
      > ${rows}
      [ [ 'yy Milan 1', 'yy Rome 3' ], [ 'yy Rome A 9', 'yy Milan B 1' ] ]`,
    ],
    [
      '19, 34, 36: after a commit that failed, and with what is removed',
      `${made}
      > t = new Land('fr'); i.code = 'yy'; r.people = 2; a.houses = 3; remove(b); add(t); commit()
      Uncaught UniqueViolation
      > t.code = 'de'; commit()
      committed 1 new (Land), 4 changed (Land, Street, Town), 1 removed (Street)
      > ${rows}
      [ [ 'yy Milan 1', 'yy Rome 2' ], [ 'yy Rome A 3' ] ]
      > i.code = 'it'; remove(a); em.flush(); ${rows}
      [ [ 'it Milan 1', 'it Rome 2' ], [] ]`,
    ],
    ...stale,
  ],
  withMariadb,
  { Land, Town, Street },
);
