import { type ChangeSet, ChangeSetType, type EntityMetadata, helper } from '@mikro-orm/core';
import { hasRow } from './entity-state.ts';
import { doorOf } from './identity-door.ts';
import type { SqlEm } from './orm.ts';
import { tick } from './relation-clock.ts';
import { persistedEntities } from './staged.ts';

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

/** Whether an entity was assigned another key than its row has. */
export function isMoving(em: SqlEm, entity: object): boolean {
  return doorOf(em).isMoving(entity);
}

/** Makes the EntityManager track the entity, as if it had loaded it. */
export function manage(em: SqlEm, entity: object): void {
  // It brings along what it refers to.
  tick();
  const wrapped = helper(entity);
  wrapped.__em = em;
  wrapped.__managed = true;
  take(em, entity);
}

/** Puts an entity into the map, whoever tracks it. */
export function take(em: SqlEm, entity: object): void {
  em.getUnitOfWork().getIdentityMap().store(entity);
}

/** Makes the EntityManager stop tracking the entity, which keeps its fields and what is known of its row. */
export function unmanage(em: SqlEm, entity: object): void {
  evict(em, entity);
  const wrapped = helper(entity);
  wrapped.__managed = false;
  delete wrapped.__em;
}

/** Makes an entity one without a row, which the EntityManager does not track. It keeps its fields. */
export function loseRow(em: SqlEm, entity: object): void {
  unmanage(em, entity);
  delete helper(entity).__originalEntityData;
}

/** Takes the entity out of the map, if it is there. */
export function evict(em: SqlEm, entity: object): void {
  em.getUnitOfWork().getIdentityMap().delete(entity);
}

/** What came into the place of an entity that has left the identity map. */
export function successorOf(em: SqlEm, entity: object): object | undefined {
  const there = doorOf(em).atPlaceOf(entity);
  return there === entity ? undefined : there;
}

/** Runs a query, and collects the entities that come into the identity map meanwhile, and stay there. */
export async function collectArrivals<T>(
  em: SqlEm,
  query: () => Promise<T>,
): Promise<{ result: T; arrivals: readonly object[] }> {
  const arrivals: object[] = [];
  const result = await doorOf(em).watching(entity => arrivals.push(entity), query);
  return { result, arrivals: arrivals.filter(entity => doorOf(em).has(entity)) };
}

/** The key under which the map has an entity, or had it last. */
export function placeOf(em: SqlEm, entity: object): string | undefined {
  return doorOf(em).placeOf(entity);
}

/** Puts an entity with a row back under the key that it had; by default, the last one. */
export function putBack(em: SqlEm, entity: object, place?: string): void {
  doorOf(em).putBack(entity, place);
}

/** Puts entities under the keys of their rows after these were written. */
export function rekey(em: SqlEm, entities: readonly object[]): void {
  doorOf(em).rekey(entities);
}

/** Does so for what a flush has written. */
export function rekeyWritten(em: SqlEm, changes: readonly ChangeSet<object>[]): void {
  const door = doorOf(em);
  const moved: object[] = [];
  // A removed one has left already, and a new one is mostly where it belongs.
  for (const { type, entity } of changes)
    if (type === ChangeSetType.CREATE ? !door.has(entity) : hasRow(entity)) moved.push(entity);
  if (moved.length > 0) door.rekey(moved);
}

/**
 * Has MikroORM write the keys that were assigned: it leaves out those of an object that was never loaded, which it takes for
 * loaded once it has written something of it, and keeps the key that an object had when it left a relation.
 */
export function writeAssignedKeys(em: SqlEm): void {
  for (const entity of persistedEntities(em)) forgetKeptKey(entity);
  for (const entity of entitiesIn(em)) {
    forgetKeptKey(entity);
    const wrapped = helper(entity);
    if (!wrapped.__initialized && doorOf(em).isMoving(entity)) wrapped.__initialized = true;
  }
}

/** Has MikroORM take the key of an object from its fields, and not from what these were when a relation let go of it. */
export function forgetKeptKey(entity: object): void {
  const wrapped = helper(entity);
  if (wrapped.__pk === undefined) return;
  // A part that the fields have lost is known from there alone.
  if (wrapped.__meta.primaryKeys.every(name => Reflect.get(entity, name) != null)) delete wrapped.__pk;
}

/** The store of the entities whose rows are in one table. */
export function storeOf(em: SqlEm, entity: object): Map<string, object> {
  return em.getUnitOfWork().getIdentityMap().getStore(helper(entity).__meta.root);
}

/** The key of an entity in its store: where it is, or where it would be. */
export function hashOf(em: SqlEm, entity: object): string {
  return doorOf(em).hashOf(entity);
}
