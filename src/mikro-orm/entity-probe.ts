import { defineEntity, type MikroORM, type Options, p } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

const ownerSchema = defineEntity({
  name: 'ProbeOwner',
  properties: {
    id: p.integer().primary(),
    name: p.string(),
    members: () => p.oneToMany(ProbeMember).mappedBy('owner'),
  },
});
export class ProbeOwner extends ownerSchema.class {}
ownerSchema.setClass(ProbeOwner);

const memberSchema = defineEntity({
  name: 'ProbeMember',
  properties: { id: p.integer().primary(), owner: () => p.manyToOne(ProbeOwner).nullable() },
});
export class ProbeMember extends memberSchema.class {}
memberSchema.setClass(ProbeMember);

/** What is known of the MikroORM with a driver. */
interface Probe {
  readonly em: SqlEm;
  sample?: ProbeOwner;
}

const probes = new WeakMap<object, Probe>();

/** A new EntityManager of this MikroORM on two entities, to see what it does with them. It never asks a database. */
export function probeOf(orm: MikroORM): SqlEm {
  return probe(orm).em.fork({ useContext: false, disableContextResolution: true });
}

/** An owner as a query would read it, to be looked at: there is one for all who do not change it. */
export function sampleOf(orm: MikroORM): ProbeOwner {
  return (probe(orm).sample ??= read(probeOf(orm)));
}

function probe(orm: MikroORM): Probe {
  const driver = orm.config.getDriver().constructor;
  const known = probes.get(driver) ?? { em: open(orm, driver as Driver) };
  probes.set(driver, known);
  return known;
}

/** An owner as a query would read it, to be changed. */
export function read(em: SqlEm, row: object = { id: 1, name: 'a' }): ProbeOwner {
  return em.map(ProbeOwner, row);
}

type Driver = NonNullable<Options['driver']>;

function open(orm: MikroORM, driver: Driver): SqlEm {
  const entities = [ProbeOwner, ProbeMember];
  const options: Partial<Options> = {
    driver,
    dbName: 'probe',
    entities,
    entitiesTs: entities,
    loggerFactory: orm.config.get('loggerFactory'),
  };
  return (Reflect.construct(orm.constructor, [options]) as MikroORM).em as SqlEm;
}
