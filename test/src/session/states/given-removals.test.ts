// The numbers in the names are those of docs/session.md.
import { Cascade, Collection, defineEntity, p } from '@mikro-orm/core';
import { type Script, testScripts } from '../../../support/typed.ts';

class Shelf {
  declare id: number;
  orphans = new Collection<Orphan>(this);
  parts = new Collection<Part>(this);
  guests = new Collection<Guest>(this);
  declare single: Single | null | undefined;
  declare singlePart: SinglePart | null | undefined;
  declare singleGuest: SingleGuest | null | undefined;
}
class Thing {
  declare id: number;
  declare shelf: Shelf | null;
}
class Orphan extends Thing {}
class Part extends Thing {}
class Guest extends Thing {}
class Single extends Thing {}
class SinglePart extends Thing {}
class SingleGuest extends Thing {}

const id = p.integer().primary();
defineEntity({
  name: 'Shelf',
  properties: {
    id,
    orphans: () => p.oneToMany(Orphan).mappedBy('shelf').orphanRemoval(),
    parts: () => p.oneToMany(Part).mappedBy('shelf').cascade(Cascade.PERSIST, Cascade.REMOVE),
    guests: () => p.oneToMany(Guest).mappedBy('shelf'),
    single: () => p.oneToOne(Single).mappedBy('shelf').orphanRemoval().nullable(),
    singlePart: () =>
      p.oneToOne(SinglePart).mappedBy('shelf').cascade(Cascade.PERSIST, Cascade.REMOVE).nullable(),
    singleGuest: () => p.oneToOne(SingleGuest).mappedBy('shelf').nullable(),
  },
}).setClass(Shelf);
for (const [type, side] of [
  [Orphan, 'orphans'],
  [Part, 'parts'],
  [Guest, 'guests'],
] as const)
  defineEntity({
    name: type.name,
    properties: { id, shelf: () => p.manyToOne(Shelf).inversedBy(side).nullable() },
  }).setClass(type);
for (const [type, side] of [
  [Single, 'single'],
  [SinglePart, 'singlePart'],
  [SingleGuest, 'singleGuest'],
] as const)
  defineEntity({
    name: type.name,
    properties: {
      id,
      shelf: () =>
        p
          .oneToOne(Shelf)
          .owner()
          .inversedBy(side as never)
          .nullable(),
    },
  }).setClass(type);

/** Where something is of a shelf, and whether it goes with that. */
const sides: readonly (readonly [side: string, type: string, goes: boolean])[] = [
  ['orphans', 'Orphan', true],
  ['parts', 'Part', true],
  ['guests', 'Guest', false],
  ['single', 'Single', true],
  ['singlePart', 'SinglePart', true],
  ['singleGuest', 'SingleGuest', false],
];

/** What is known of the shelves and of what is given when that is done. */
const known: Readonly<Record<string, string>> = {
  'were written': '0',
  'were read': '[a, b, o].map(each => JSON.stringify(each)).length',
  'were got': 'em.clear(); a = get(Shelf, 1); b = get(Shelf, 2); o = get(O, 1); 0',
  'were got and have expired': 'em.clear(); a = get(Shelf, 1); b = get(Shelf, 2); o = get(O, 1); commit(); 0',
  'have expired but for the side':
    'em.clear(); a = get(Shelf, 1); b = get(Shelf, 2); o = get(O, 1); commit(); b.SIDE?.length; 0',
};

const scripts = sides.flatMap(([side, type, goes]) =>
  Object.entries(known).flatMap(([when, load]) =>
    ['a', 'null'].flatMap(from =>
      ['o.shelf = b', side === `${side.replace(/s$/, '')}s` ? `b.${side}.add(o)` : `b.${side} = o`].map(
        (give): Script => [
          `11, 38: what is given to a shelf is of it when that is removed: ${give}, of ${from}, where they ${when}`,
          `> O = ${type}; a = new Shelf({ id: 1 }); b = new Shelf({ id: 2 }); o = new O({ id: 1, shelf: ${from} }); addAll([a, b, o]); commit(); ${load.replace('SIDE', side)}; session.deleted
          []
          > ${give}; remove(b); session.deleted.length
          ${goes ? 2 : 1}
          > rollback(); [session.deleted, o.shelf === ${from}, Shelf.query.count()]
          [ [], true, 2 ]
          > ${give}; remove(b); add(b); [session.deleted, o.shelf === b]
          [ [], true ]
          > rollback(); ${give}; remove(b); commit(); Shelf.query.count()
          1
          > (await em.getConnection().execute('select * from ' + em.getMetadata(O).tableName)).map(row => row.shelf_id)
          ${goes ? '[]' : '[ null ]'}`,
        ],
      ),
    ),
  ),
);

class Ring {
  declare id: number;
  declare next: Ring | null;
  declare before: Ring | null | undefined;
}
defineEntity({
  name: 'Ring',
  properties: {
    id,
    next: () =>
      p
        .oneToOne(Ring)
        .owner()
        .inversedBy('before' as never)
        .nullable(),
    before: () => p.oneToOne(Ring).mappedBy('next').nullable(),
  },
}).setClass(Ring);

testScripts(
  'what was given to a detached object',
  ['a.before = b', 'b.next = a'].map((give): Script => [
    `19: is not of it once its removal is undone: ${give}`,
    `> a = new Ring({ id: 1 }); b = new Ring({ id: 2 }); addAll([a, b]); commit(); [a.next, a.before, b.next, b.before]
    [ null, null, null, null ]
    > em.clear(); ${give}; remove(a); rollback(); [get(Ring, 1) === a, a.before, get(Ring, 2) === b, get(Ring, 2).next]
    [ true, null, false, null ]
    > get(Ring, 2).next = a; commit()
    committed 1 changed (Ring)
    > [a.before.id, a.next]; em.clear(); remove(a); rollback(); [session.has(a.before), a.before.id]
    [ true, 2 ]`,
  ]),
  undefined,
  { Ring },
);

testScripts(
  'what is too many for a stack',
  [
    [
      '11: a chain of one-to-one relations is written, however long it is',
      `> r = Array.from({ length: 4000 }, (_, i) => new Ring({ id: i + 1 })); addAll(r); commit(); r.forEach((ring, i) => { if (i > 0) ring.next = r[i - 1]; }); commit()
      committed 3999 changed (Ring)`,
    ],
  ],
  ['sqlite'],
  { Ring },
);

testScripts('what is given to what is removed', scripts, undefined, {
  Shelf,
  Orphan,
  Part,
  Guest,
  Single,
  SinglePart,
  SingleGuest,
});
