// The numbers in the names are those of docs/session.md.
import { defineEntity, p } from '@mikro-orm/core';
import { dialects } from '../../../support/databases.ts';
import { type Script, testScripts } from '../../../support/typed.ts';

class Team {
  declare org: number;
  declare no: number;
}

class Job {
  declare id: number;
  declare org: number;
  declare team: Team | null;
}

class Country {
  declare id: number;
  declare iso: string;
}

class City {
  declare id: number;
  declare country: Country | null;
}

defineEntity({
  name: 'Team',
  properties: { org: p.integer().primary(), no: p.integer().primary() },
}).setClass(Team);
defineEntity({
  name: 'Job',
  properties: {
    id: p.integer().primary(),
    org: p.integer(),
    // The first part of the key is never null.
    team: () => p.manyToOne(Team).fieldNames('org', 'team_no').nullable(),
  },
}).setClass(Job);
defineEntity({
  name: 'Country',
  properties: { id: p.integer().primary(), iso: p.string().unique() },
}).setClass(Country);
defineEntity({
  name: 'City',
  properties: {
    id: p.integer().primary(),
    country: () => p.manyToOne(Country).targetKey('iso').nullable(),
  },
}).setClass(City);

const finds: readonly string[] = [
  'em.find(TYPE, WHERE).length',
  'em.count(TYPE, WHERE)',
  'em.findAndCount(TYPE, WHERE)[1]',
  'em.createQueryBuilder(TYPE).where(WHERE).getCount()',
  "em.createQueryBuilder(TYPE, 'x').where(WHERE).getCount()",
  'em.fork().count(TYPE, WHERE)',
  'TYPE.query.filter(WHERE).count()',
];

const lines = (type: string, find: string, conditions: readonly (readonly [string, number])[]) =>
  conditions
    .map(([where, count]) => `> ${find.replace('TYPE', type).replace('WHERE', where)}\n${count}`)
    .join('\n');

const scripts: readonly Script[] = [
  ...finds.map((find): Script => [
    `26: a relation to a key of several parts is null: ${find}`,
    `> em.insert(Team, { org: 1, no: 2 }); em.insert(Job, { id: 1, org: 1, team: [1, 2] }); em.insert(Job, { id: 2, org: 1 })
    2
    ${lines('Job', find, [
      ['{ team: null }', 1],
      ['{ team: { $eq: null } }', 1],
      ['{ team: { $ne: null } }', 1],
      ['{ $not: { team: null } }', 1],
      ['{ $or: [{ team: null }, { id: 1 }] }', 2],
      ['{ $and: [{ team: null }, { id: 1 }] }', 0],
      ['{ team: [1, 2] }', 1],
    ])}`,
  ]),
  ...finds.map((find): Script => [
    `26: a relation by another field is compared with an object: ${find}`,
    `> a = em.create(Country, { id: 7, iso: 'a' }); b = em.create(Country, { iso: 'b' }); em.create(City, { country: a }); em.create(City, { country: null }); commit()
    committed 4 new (City, Country)
    ${lines('City', find, [
      ['{ country: a }', 1],
      ['{ country: b }', 0],
      ["{ country: 'a' }", 1],
      ['{ country: null }', 1],
      ['{ country: [a, b] }', 1],
      ['{ country: { $in: [a, b] } }', 1],
      ['{ country: { $ne: b } }', 1],
      ['{ country: { iso: "a" } }', 1],
      ['{ $or: [{ country: a }] }', 1],
    ])}`,
  ]),
  [
    '36: nativeUpdate() and nativeDelete() find what they are told to',
    `> em.insert(Team, { org: 1, no: 2 }); em.insert(Job, { id: 1, org: 1, team: [1, 2] }); em.insert(Job, { id: 2, org: 1 })
    2
    > [em.nativeUpdate(Job, { team: null }, { id: 3 }), em.nativeDelete(Job, { team: null })]
    [ 1, 1 ]`,
  ],
  ...['em.create(City, { country: WHAT })', 'em.assign(c, { country: WHAT })'].map((gives): Script => [
    `33: what a targetKey names is the object that has it: ${gives}`,
    `> a = em.create(Country, { id: 7, iso: '1' }); c = em.create(City, { country: null }); commit()
    committed 2 new (City, Country)
    > x = ${gives.replace('WHAT', "'1'")}; x.country === a
    true
    > commit(); [x.country === a, other('select country_id from city order by id desc')[0]]
    [ true, { country_id: '1' } ]
    > ${gives.replace('WHAT', "'b'")}
    Uncaught InvalidValue: City.country is a Country, and none in the session has iso 'b'
    > [session.new, session.dirty, b = em.create(Country, { iso: 'b' })]
    [ [], [], Country { iso: 'b' } ]
    > x = ${gives.replace('WHAT', "'b'")}; commit(); x.country === b
    true`,
  ]),
];

testScripts('relations in conditions', scripts, dialects, { Team, Job, Country, City });
