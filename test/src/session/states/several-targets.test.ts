// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { type Script, testScripts } from '../../../support/typed.ts';
import { dialects } from '../../../support/databases.ts';

const songSchema = defineEntity({
  name: 'Song',
  properties: { id: p.integer().primary(), name: p.string() },
});
class Song extends songSchema.class {}
songSchema.setClass(Song);

const filmSchema = defineEntity({
  name: 'Film',
  properties: { id: p.integer().primary(), name: p.string() },
});
class Film extends filmSchema.class {}
filmSchema.setClass(Film);

const likeSchema = defineEntity({
  name: 'Like',
  properties: {
    id: p.integer().primary(),
    what: () => p.manyToOne([Song, Film]).nullable(),
  },
});
class Like extends likeSchema.class {}
likeSchema.setClass(Like);

const pinSchema = defineEntity({
  name: 'Pin',
  properties: { id: p.integer().primary(), to: () => p.manyToOne([Song, Film]) },
});
class Pin extends pinSchema.class {}
pinSchema.setClass(Pin);

const begin = `> s = em.create(Song, { name: 's' }); f = em.create(Film, { name: 'f' }); g = em.create(Film, { name: 'g' }); l = em.create(Like, { what: s }); commit()
    committed 4 new (Film, Like, Song)`;
const columns = '> em.execute(\'select what_type, what_id from "like"\').flatMap(row => Object.values(row))';

/** What is given, and what the columns hold then. */
const given: readonly (readonly [string, string])[] = [
  ['g', "'film', 2"],
  ["['film', 2]", "'film', 2"],
  ['s', "'song', 1"],
  ['null', 'null, null'],
];

const writes: readonly string[] = [
  'l.what = GIVEN; commit()',
  'em.assign(l, { what: GIVEN }); commit()',
  'em.upsert(Like, { id: 1, what: GIVEN })',
  'em.upsertMany(Like, [{ id: 1, what: GIVEN }])',
  'em.nativeUpdate(Like, 1, { what: GIVEN })',
  'em.createQueryBuilder(Like).update({ what: GIVEN }).where({ id: 1 }).execute()',
  'em.fork().nativeUpdate(Like, 1, { what: GIVEN })',
  'em.transactional(em => em.nativeUpdate(Like, 1, { what: GIVEN }))',
  'Like.query.update({ what: GIVEN }); commit()',
  'em.nativeDelete(Like, 1); em.insert(Like, { id: 1, what: GIVEN })',
  'em.nativeDelete(Like, 1); em.insertMany(Like, [{ id: 1, what: GIVEN }])',
  'em.nativeDelete(Like, 1); em.createQueryBuilder(Like).insert({ id: 1, what: GIVEN }).execute()',
  'em.nativeDelete(Like, 1); em.create(Like, { id: 1, what: GIVEN }); commit()',
];

/** What says not which of the classes is meant. */
const unclear: readonly (readonly [string, string])[] = [
  ['2', '2'],
  ["['book', 2]", "[ 'book', 2 ]"],
  ['k', 'a Like'],
];

const nameOf = (value: string): string => ({ s: 's.name', null: 'null' })[value] ?? 'g.name';

/** How what is referred to goes. */
const removals: readonly string[] = [
  'remove(s); commit()',
  'em.clear(); remove(get(Song, 1)); commit()',
  'em.nativeDelete(Song, 1)',
  'em.nativeDelete(Song, { name: "s" })',
  'Song.query.delete(); commit()',
  'em.transactional(em => em.remove(em.findOne(Song, 1)))',
];

/** Conditions that say which class is meant, or need not, and how many of two objects they find. */
const clear: readonly (readonly [string, number])[] = [
  ['s', 1],
  ['g', 0],
  ["['song', 1]", 1],
  ['{ $in: [s, g] }', 1],
  ['{ $ne: s }', 0],
  ['{ $ne: null }', 1],
  ["{ name: 's' }", 1],
  ['null', 1],
];

/** Those that do not, and what of them is shown. */
const unnamed: readonly (readonly [string, string])[] = [
  ['1', '1'],
  ["'1'", "'1'"],
  ['[1, 2]', '[ 1, 2 ]'],
  ['{ $in: [1] }', '1'],
  ['{ $ne: 1 }', '1'],
];

const finds: readonly string[] = [
  'em.find(Like, { what: GIVEN }).length',
  'em.find(Like, { $or: [{ what: GIVEN }] }).length',
  'em.count(Like, { what: GIVEN })',
  'em.findAndCount(Like, { what: GIVEN })[1]',
  'em.createQueryBuilder(Like).where({ what: GIVEN }).getCount()',
  'em.fork().count(Like, { what: GIVEN })',
];

testScripts(
  'a relation to one of several classes',
  [
    [
      '37: is not found by the name of a part of a key, which is that of several classes',
      `${begin}
      > em.find(Like, { what: { id: 1 } })
      Uncaught InvalidValue: Like.what is a Song or Film, or ['song', key], and cannot hold { id: 1 }`,
    ],
    ...finds.flatMap((find): Script[] => [
      [
        `37: is found by what it refers to: ${find}`,
        `${begin}
      > em.create(Like, { what: null }); commit(); [s.id, g.id]
      [ 1, 2 ]
      ${clear.map(([what, count]) => `> ${find.replace('GIVEN', what)}\n${count}`).join('\n')}`,
      ],
      ...unnamed.map(([what, shown]): Script => [
        `37: is not found by a key alone, which is refused: ${find.replace('GIVEN', what)}`,
        `${begin}
      > ${find.replace('GIVEN', what)}
      Uncaught InvalidValue: Like.what is a Song or Film, or ['song', key], and cannot hold ${shown}`,
      ]),
    ]),
    [
      '38: what is removed is not inserted again by what referred to it',
      `> s = em.create(Song, { name: 's' }); f = em.create(Film, { name: 'f' }); l = em.create(Like, { what: s }); addAll([s, f, l]); commit(); [s.name, l.what === s, f.name]
      [ 's', true, 'f' ]
      > remove(s); commit()
      committed 1 removed (Song)
      > f.name = 'g'; commit()
      committed 1 changed (Film)
      > [Song.query.count(), get(Song, s.id), Like.query.count()]
      [ 0, null, 1 ]`,
    ],
    ...writes.map((write): [string, string] => [
      `33: both columns are written by ${write}`,
      given
        // An object is what is assigned.
        .filter(([value]) => !write.startsWith('l.what') || !value.startsWith('['))
        .map(
          ([value, row]) => `
        > ${write.replace('GIVEN', value)}; k = Like.query.one(); refresh(k); (k.what?.name ?? null) === ${nameOf(value)}
        true
        ${columns}
        [ ${row} ]
        > session.dirty.length
        0`,
        )
        .reduce((script, lines) => script + lines, begin),
    ]),
    ...writes.slice(1).map((write): [string, string] => [
      `37: what may be of any of the classes is refused by ${write}`,
      unclear
        .map(
          ([value, shown]) => `
        > ${write.replace('GIVEN', value)}
        Uncaught ${value === 'k' && /create\(Like|assign/.test(write) ? 'BadArgument: Like.what takes a Song, and holds a Like' : `InvalidValue: Like.what is a Song or Film, or ['song', key], and cannot hold ${shown}`}`,
        )
        .reduce(
          (script, lines) => script + lines,
          `${begin}
        > k = em.create(Like, {}); commit()
        committed 1 new (Like)`,
        ),
    ]),
    [
      '37: conditions say which class is meant',
      ['{ what: 1 }', '{ what: { id: 1 } }', "{ 'what.id': 1 }", '{ what: { $in: [1] } }']
        .map(
          condition => `
        > Like.query.filter(${condition}).count()
        Uncaught InvalidValue: Like.what is a Song or Film, or ['song', key], and cannot hold ${condition.includes('id') ? '{ id: 1 }' : '1'}`,
        )
        .reduce((script, lines) => script + lines, begin),
    ],
    [
      '37: conditions may be objects, or names of classes with keys',
      ['s', "['song', 1]", '[f, s]', "[['song', 1], f]", '{ $in: [s] }', '{ $ne: f }', "{ $eq: ['song', 1] }"]
        .map(
          condition => `
        > Like.query.filter({ what: ${condition} }).all()[0] === l
        true`,
        )
        .reduce((script, lines) => script + lines, begin),
    ],
    ...removals.flatMap((removal): [string, string][] => [
      [
        `38: what refers to a removed object is empty after ${removal}`,
        `${begin}
        > ${removal}; get(Like, 1).what
        null
        ${columns}
        [ null, null ]`,
      ],
      [
        `38: what cannot be empty keeps the object that it refers to, ${removal}`,
        `${begin}
        > em.create(Pin, { to: s }); commit()
        committed 1 new (Pin)
        > ${removal}
        Uncaught ForeignKeyViolation: Song 1 cannot be removed: Pin.to still refers to it
        > rollback(); em.execute('select count(*) as n from song').map(({ n }) => Number(n))
        [ 1 ]
        ${columns}
        [ 'song', 1 ]`,
      ],
    ]),
    [
      '38: what refers to another object by then keeps none',
      `${begin}
      > k = em.create(Pin, { to: s }); commit()
      committed 1 new (Pin)
      > remove(s); k.to = g; l.what = f; commit()
      committed 2 changed (Like, Pin), 1 removed (Song)
      > [k.to === g, l.what === f]
      [ true, true ]`,
    ],
    [
      '18: rollback() puts back what a removal has emptied',
      `${begin}
      > remove(s); flush(); l.what
      null
      > rollback(); l.what === s
      true
      ${columns}
      [ 'song', 1 ]`,
    ],
  ],
  dialects,
  { Song, Film, Like, Pin },
);
