import { ReferenceKind } from '@mikro-orm/core';
import {
  type CollectionSnapshot,
  collectionsOf,
  restoreCollections,
  snapshotCollection,
} from '../mikro-orm/collections.ts';
import { hasRow, metaOf, setPastSetter, targetOf } from '../mikro-orm/entity-state.ts';
import { entitiesIn, evict, forgetKeptKey } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { revert, unset } from '../mikro-orm/revert.ts';
import { unstageAll } from '../mikro-orm/staged.ts';
import { neighbours, newEntities } from './cascade.ts';
import { changedEntities, deletedEntities } from './changes.ts';
import { isTracked } from './object-states.ts';

/** Takes back everything staged: new entities become transient, changed and removed ones are as they were. */
export function discardStaged(em: SqlEm): void {
  const added = newEntities(em);
  const kept = added.map(keepOtherSides);
  const changed = new Set(changedEntities(em));
  const fresh = new Set(added);
  for (const removed of deletedEntities(em)) {
    changed.add(removed);
    // What it has been given since is not staged while it is to go.
    for (const given of neighbours(removed)) if (!hasRow(given)) fresh.add(given);
    for (const item of membersOf(removed)) changed.add(item);
    // What is no object of the session has not come in, as it does with what is added, and is not looked at.
    leaveSides(removed, one => hasRow(one) && !isTracked(em, one));
  }
  unstageAll(em);
  for (const entity of added) evict(em, entity);
  for (const entity of changed) revert(em, entity);
  forgetInverse(em, fresh);
  for (const putBack of kept) putBack();
  // What took relations back may have had MikroORM keep keys that were to be taken back, too.
  for (const entity of entitiesIn(em)) forgetKeptKey(entity);
}

/**
 * Makes the other sides of relations what the database has. A list that was read in the transaction is known to have had new
 * entities then, without being dirty.
 */
export function forgetInverse(em: SqlEm, added: ReadonlySet<object>): void {
  const lists: CollectionSnapshot[] = [];
  for (const entity of entitiesIn(em)) {
    if (added.size > 0) leaveSides(entity, one => added.has(one));
    for (const collection of collectionsOf(entity)) {
      const isStale = added.size > 0 && collection.getItems(false).some(item => added.has(item));
      if (!isStale && !collection.isDirty()) continue;
      const snapshot = snapshotCollection(collection);
      // What has left it may have lost its row since, and would be inserted again by being in it.
      const inDatabase = snapshot.inDatabase.filter(item => hasRow(item) && !added.has(item));
      lists.push({ ...snapshot, items: inDatabase, inDatabase, dirty: false });
    }
  }
  restoreCollections(lists, 'before');
}

/** Forgets entities on the other side of a one-to-one relation, so that it is read again. */
function leaveSides(entity: object, isLeft: (one: object) => boolean): void {
  for (const prop of metaOf(entity).relations) {
    if (prop.kind !== ReferenceKind.ONE_TO_ONE || prop.owner) continue;
    const one = targetOf(entity, prop);
    if (one !== undefined && isLeft(one)) unset(entity, prop);
  }
}

/**
 * Remembers what a new entity holds by the columns of others, as a list does. Those are to be as their rows are, which
 * takes it out of the entity.
 *
 * @returns puts it back
 */
function keepOtherSides(entity: object): () => void {
  const lists = collectionsOf(entity).map(snapshotCollection);
  const sides = metaOf(entity).relations.filter(
    ({ kind, owner }) => kind === ReferenceKind.ONE_TO_ONE && !owner,
  );
  const values = sides.map(({ name }) => [name, Reflect.get(entity, name) as unknown] as const);
  return () => {
    restoreCollections(lists, 'before');
    for (const [name, value] of values) if (value !== undefined) setPastSetter(entity, name, value);
  };
}

/** The persistent members of an entity's collections. */
function* membersOf(entity: object): Iterable<object> {
  for (const collection of collectionsOf(entity)) {
    for (const item of collection.getItems(false)) if (hasRow(item)) yield item;
  }
}
