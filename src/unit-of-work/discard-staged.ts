import { type Collection, ReferenceKind } from '@mikro-orm/core';
import { collectionsOf, restoreCollections, snapshotCollection } from '../mikro-orm/collections.ts';
import { hasRow, metaOf, setPastSetter } from '../mikro-orm/entity-state.ts';
import { entitiesIn, evict } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { revert } from '../mikro-orm/revert.ts';
import { unstageAll } from '../mikro-orm/staged.ts';
import { newEntities } from './cascade.ts';
import { changedEntities, deletedEntities } from './changes.ts';

/** Takes back everything staged: new entities become transient, changed and removed ones are as they were. */
export function discardStaged(em: SqlEm): void {
  const added = newEntities(em);
  const kept = added.map(keepOtherSides);
  const changed = new Set(changedEntities(em));
  for (const removed of deletedEntities(em)) {
    changed.add(removed);
    for (const item of membersOf(removed)) changed.add(item);
  }
  unstageAll(em);
  for (const entity of added) evict(em, entity);
  for (const entity of changed) revert(em, entity);
  const dirty: Collection<object>[] = [];
  for (const entity of entitiesIn(em)) {
    for (const collection of collectionsOf(entity)) if (collection.isDirty()) dirty.push(collection);
  }
  restoreCollections(
    dirty.map(collection => {
      const snapshot = snapshotCollection(collection);
      return { ...snapshot, items: snapshot.inDatabase, dirty: false };
    }),
    'before',
  );
  for (const putBack of kept) putBack();
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
