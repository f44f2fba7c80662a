// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

const hallSchema = defineEntity({
  name: 'Hall',
  properties: { code: p.string().primary(), shows: () => p.oneToMany(Show).mappedBy('hall') },
});
class Hall extends hallSchema.class {}
hallSchema.setClass(Hall);

const showSchema = defineEntity({
  name: 'Show',
  properties: {
    id: p.integer().primary(),
    hall: () => p.manyToOne(Hall).nullable(),
    other: () => p.manyToOne(Hall).nullable(),
    next: () => p.oneToOne(Hall).owner().nullable(),
    key: () => p.manyToOne(Hall).mapToPk().nullable(),
    kept: () => p.manyToOne(Hall).nullable().deleteRule('restrict'),
    tags: () => p.manyToMany(Hall).owner(),
  },
});
class Show extends showSchema.class {}
showSchema.setClass(Show);

/** How another row gets the key of the one that is removed. */
const takings = [
  "g.code = 'd'",
  "n = new Hall(); n.code = 'd'; add(n)",
  "g.code = 'd'; em.create(Show, { hall: g })",
];

/** What refers to the removed one, and how one sees what it refers to. */
const links: readonly (readonly [link: string, seen: string])[] = [
  ['x.hall = h', 'x.hall'],
  ['x.other = h', 'x.other'],
  ['x.next = h', 'x.next'],
  ['x.key = h', 'x.key'],
  ["x.key = 'd'", 'x.key'],
  ['x.tags.add(h)', 'x.tags[0] ?? null'],
  ['x.hall = x.other = x.next = h', 'x.hall ?? x.other ?? x.next'],
  ['z = em.create(Show, { other: h })', 'z.other'],
  ['z = em.create(Show, { next: h })', 'z.next'],
];

const begin = `> h = em.create(Hall, { code: 'd' }); g = em.create(Hall, { code: 'e' }); x = em.create(Show, {}); commit()
    committed 3 new (Hall, Show)`;

const scripts: readonly Script[] = [
  ...links.flatMap(([link, seen]) =>
    takings.map((taking): Script => [
      `38: what refers to a removed object refers to nothing then, and not to what has its key: ${link}; ${taking}`,
      `${begin}
      > ${link}; remove(h); ${taking}; commit().removed
      1
      > [${seen}, session.dirty.length]
      [ null, 0 ]
      > em.clear(); x = get(Show, 1); [x.hall, x.other, x.next, x.key, x.tags.length, Show.query.filter({ other: { $ne: null } }).count()]
      [ null, null, null, null, 0, 0 ]`,
    ]),
  ),
  ...takings.map((taking): Script => [
    `38: what may not be emptied is refused: ${taking}`,
    `${begin}
    > x.kept = h; remove(h); ${taking}; commit()
    Uncaught ForeignKeyViolation: Hall d cannot be removed: Show.kept still refers to it
    > x.kept = g; commit(); [Hall.query.count() > 0, get(Show, 1).kept === g]
    [ true, true ]`,
  ]),
  [
    '19: an error names what keeps a row, and not what is emptied with it',
    `${begin}
    > x.kept = h; em.create(Show, { hall: h }); commit(); em.clear(); remove(get(Hall, 'd')); commit()
    Uncaught ForeignKeyViolation: Hall d cannot be removed: Show.kept still refers to it`,
  ],
];

testScripts('what refers to a row that is deleted first', scripts, dialects, { Hall, Show });
