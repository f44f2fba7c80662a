import { ReferenceKind } from '@mikro-orm/core';
import { foreignKeysOf } from '../mikro-orm/class-tables.ts';
import {
  type CollectionSnapshot,
  collectionsOf,
  forgetItem,
  restoreCollections,
  snapshotCollection,
} from '../mikro-orm/collections.ts';
import { hasRow, metaOf, setPastSetter, targetOf } from '../mikro-orm/entity-state.ts';
import { entitiesIn, evict, forgetKeptKey } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { forgetField, revert, unset } from '../mikro-orm/revert.ts';
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
  const referring = forgetReferences(em, fresh);
  forgetInverse(em, fresh);
  for (const putBack of kept) putBack();
  for (const entity of added) leaveLists(entity, referring);
  // What took relations back may have had MikroORM keep keys that were to be taken back, too.
  for (const entity of entitiesIn(em)) forgetKeptKey(entity);
}

/**
 * Forgets what refers to new entities by its row, as it was read in the transaction: that is no change, and what they have as
 * their key is not the reason to save them. Where the reference is in the key, the row is undone with the transaction.
 *
 * @returns what referred to them
 */
function forgetReferences(em: SqlEm, added: ReadonlySet<object>): ReadonlySet<object> {
  const found = new Set<object>();
  if (added.size === 0) return found;
  const undone: object[] = [];
  for (const entity of entitiesIn(em)) {
    if (!hasRow(entity)) continue;
    for (const prop of foreignKeysOf(metaOf(entity))) {
      const target = targetOf(entity, prop);
      if (target === undefined || !added.has(target)) continue;
      found.add(entity);
      if (prop.primary === true) undone.push(entity);
      else forgetField(entity, prop);
    }
  }
  for (const entity of undone) evict(em, entity);
  return found;
}

/** Takes entities out of the lists of another one. */
function leaveLists(entity: object, leaving: ReadonlySet<object>): void {
  if (leaving.size === 0) return;
  for (const list of collectionsOf(entity))
    for (const item of list.getItems(false)) if (leaving.has(item)) forgetItem(list, item);
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
