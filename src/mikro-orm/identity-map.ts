import { type EntityMetadata, helper } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

/** All entities that the EntityManager tracks, references included. */
export function entitiesIn(em: SqlEm): Iterable<object> {
  return em.getUnitOfWork().getIdentityMap();
}

/** Those whose rows are in one table. MikroORM keeps them under the root of the classes that share it. */
export function entitiesOf(em: SqlEm, root: EntityMetadata): Iterable<object> {
  return em.getUnitOfWork().getIdentityMap().getStore(root).values() as Iterable<object>;
}

/** The entity that the EntityManager has under the same key, if any. */
export function sameRowIn(em: SqlEm, entity: object): object | undefined {
  return storeOf(em, entity).get(hashOf(em, entity));
}

/** Makes the EntityManager track the entity, as if it had loaded it. */
export function manage(em: SqlEm, entity: object): void {
  const wrapped = helper(entity);
  wrapped.__em = em;
  wrapped.__managed = true;
  em.getUnitOfWork().getIdentityMap().store(entity);
}

/** Makes the EntityManager stop tracking the entity, which keeps its fields and what is known of its row. */
export function unmanage(em: SqlEm, entity: object): void {
  evict(em, entity);
  const wrapped = helper(entity);
  wrapped.__managed = false;
  delete wrapped.__em;
}

/** Takes the entity out of the map. MikroORM's map cannot take one without a key. */
export function evict(em: SqlEm, entity: object): void {
  if (helper(entity).hasPrimaryKey()) em.getUnitOfWork().getIdentityMap().delete(entity);
}

/** Runs a query, and collects the entities that come into the identity map meanwhile. */
export async function collectArrivals<T>(
  em: SqlEm,
  query: () => Promise<T>,
): Promise<{ result: T; arrivals: readonly object[] }> {
  const map = em.getUnitOfWork().getIdentityMap();
  const arrivals: object[] = [];
  const store = map.store.bind(map);
  // MikroORM has no event for it. Everything that it loads goes through this method.
  Reflect.set(map, 'store', (entity: object) => {
    if (sameRowIn(em, entity) !== entity) arrivals.push(entity);
    store(entity);
  });
  try {
    return { result: await query(), arrivals };
  } finally {
    Reflect.deleteProperty(map, 'store');
  }
}

/** The store of the entities whose rows are in one table. */
export function storeOf(em: SqlEm, entity: object): Map<string, object> {
  return em.getUnitOfWork().getIdentityMap().getStore(helper(entity).__meta.root);
}

/** The key of an entity in its store. */
export function hashOf(em: SqlEm, entity: object): string {
  const map = em.getUnitOfWork().getIdentityMap();
  const hash = Reflect.get(map, 'getPkHash') as (entity: object) => string;
  return Reflect.apply(hash, map, [entity]);
}
