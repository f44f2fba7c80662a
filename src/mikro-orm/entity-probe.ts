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

const probes = new WeakMap<object, SqlEm>();

/** A new EntityManager of this MikroORM on two entities, to see what it does with them. It never asks a database. */
export function probeOf(orm: MikroORM): SqlEm {
  const driver = orm.config.getDriver().constructor;
  const em = probes.get(driver) ?? open(orm, driver as Driver);
  probes.set(driver, em);
  return em.fork({ useContext: false });
}

/** An owner as a query would read it. */
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
  const probe = Reflect.construct(orm.constructor, [options]) as MikroORM;
  return probe.em as SqlEm;
}
