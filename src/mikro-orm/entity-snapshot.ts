import { type EntityProperty, helper } from '@mikro-orm/core';
import { evict } from './identity-map.ts';
import type { SqlEm } from './orm.ts';

/** What an entity and MikroORM's notes about it were before a flush wrote it. */
export interface EntitySnapshot {
  readonly entity: object;
  /** The values of the fields. */
  readonly data: Record<string, unknown>;
  /** What there was of the primary key. */
  readonly keys: Readonly<Record<string, unknown>>;
  readonly row: Readonly<Record<string, unknown>> | undefined;
  readonly managed: boolean;
  readonly initialized: boolean;
  readonly em: ReturnType<typeof helper>['__em'];
}

export function snapshotEntity(entity: object): EntitySnapshot {
  const wrapped = helper(entity);
  const lost = lostKeys(entity);
  return {
    entity,
    data: { ...wrapped.__data, ...lost },
    keys: { ...presentKeys(entity), ...lost },
    row: wrapped.__originalEntityData && { ...wrapped.__originalEntityData },
    managed: wrapped.__managed,
    initialized: wrapped.__initialized,
    em: wrapped.__em,
  };
}

/**
 * Takes MikroORM's notes back to before the flush. `values` says what becomes of the fields: those from before, or those
 * of now, in which case only a generated key is emptied again.
 */
export function restoreEntity(em: SqlEm, snapshot: EntitySnapshot, values: 'before' | 'now'): void {
  const { entity, row } = snapshot;
  const wrapped = helper(entity);
  evict(em, entity);
  for (const name of wrapped.__meta.primaryKeys) {
    if (!Object.hasOwn(snapshot.keys, name)) Reflect.deleteProperty(entity, name);
    else if (Reflect.get(entity, name) !== snapshot.keys[name])
      Reflect.set(entity, name, snapshot.keys[name]);
  }
  const now = wrapped.__data;
  if (values === 'before')
    for (const name of Object.keys(now)) if (!(name in snapshot.data)) delete now[name];
  // A delete takes the deleted entity out of the fields that refer to it.
  for (const name of Object.keys(snapshot.data)) {
    if (values === 'before' || !(name in now)) now[name] = snapshot.data[name];
    // MikroORM takes a field off by deleting its accessor; assigning makes a new one.
    if (!Object.hasOwn(entity, name)) Reflect.set(entity, name, now[name]);
  }
  // MikroORM derived them from the key.
  delete wrapped.__identifier;
  delete wrapped.__pk;
  if (row === undefined) delete wrapped.__originalEntityData;
  else wrapped.__originalEntityData = { ...row };
  wrapped.__managed = snapshot.managed;
  wrapped.__initialized = snapshot.initialized;
  // A flush that failed may have left it set, and the next one would pass the entity over.
  wrapped.__processing = false;
  if (snapshot.em === undefined) delete wrapped.__em;
  else wrapped.__em = snapshot.em;
  if (wrapped.hasPrimaryKey()) em.getUnitOfWork().getIdentityMap().store(entity);
}

/** Most new entities have no key, and share this record. */
const NO_KEYS: Readonly<Record<string, unknown>> = {};

function presentKeys(entity: object): Readonly<Record<string, unknown>> {
  const present = helper(entity).__meta.primaryKeys.filter(name => Object.hasOwn(entity, name));
  if (present.length === 0) return NO_KEYS;
  return Object.fromEntries(present.map(name => [name, Reflect.get(entity, name) as unknown]));
}

/** The key parts that an entity with a row lost when it left a collection whose owner is a part of its key. */
function lostKeys(entity: object): Readonly<Record<string, unknown>> | undefined {
  const { __meta: meta, __originalEntityData: row, __em: em } = helper(entity);
  if (!meta.compositePK || row === undefined || em === undefined) return undefined;
  const lost = meta.primaryKeys.filter(name => Reflect.get(entity, name) == null);
  return Object.fromEntries(
    lost.map((name): [string, unknown] => {
      const { targetMeta } = Reflect.get(meta.properties, name) as EntityProperty;
      const key = Reflect.get(row, name);
      return [name, targetMeta === undefined ? key : em.getReference(targetMeta.class, key)];
    }),
  );
}
