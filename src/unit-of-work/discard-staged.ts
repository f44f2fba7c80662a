import type { Collection } from '@mikro-orm/core';
import { collectionsOf, restoreCollections, snapshotCollection } from '../mikro-orm/collections.ts';
import { hasRow } from '../mikro-orm/entity-state.ts';
import { entitiesIn, evict } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { revert } from '../mikro-orm/revert.ts';
import { unstageAll } from '../mikro-orm/staged.ts';
import { newEntities } from './cascade.ts';
import { deletedEntities, dirtyEntities } from './changes.ts';

/** Takes back everything staged: new entities become transient, changed and removed ones are as they were. */
export function discardStaged(em: SqlEm): void {
  const added = newEntities(em);
  const changed = new Set(dirtyEntities(em));
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
}

/** The persistent members of an entity's collections. */
function* membersOf(entity: object): Iterable<object> {
  for (const collection of collectionsOf(entity)) {
    for (const item of collection.getItems(false)) if (hasRow(item)) yield item;
  }
}
