import { Collection, type EntityMetadata, helper, JsonType, ReferenceKind } from '@mikro-orm/core';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { snapshotCollection, restoreCollections } from './state-snapshot.ts';
import { deletedEntities, dirtyEntities, isNew, newEntities } from './changes.ts';

/** Takes back everything staged: the new become transient, the changed and the removed what they were. */
export function discardStaged(em: SqlEm): void {
  const uow = em.getUnitOfWork();
  const fresh = newEntities(em);
  const changed = new Set(dirtyEntities(em));
  for (const removed of deletedEntities(em)) {
    changed.add(removed);
    for (const item of membersOf(removed)) changed.add(item);
  }
  uow.getPersistStack().clear();
  uow.getRemoveStack().clear();
  uow.getOrphanRemoveStack().clear();
  uow.clearActionsQueue();
  for (const entity of fresh) if (helper(entity).hasPrimaryKey()) uow.getIdentityMap().delete(entity);
  for (const entity of changed) revert(em, entity);
  const dirty: Collection<object>[] = [];
  for (const entity of uow.getIdentityMap()) {
    for (const collection of collectionsOf(entity)) if (collection.isDirty()) dirty.push(collection);
  }
  restoreCollections(
    dirty.map(collection => {
      const memory = snapshotCollection(collection);
      return { ...memory, items: memory.snapshot, dirty: false };
    }),
    'before',
  );
}

/** Sets the fields to what they were when last read, as if the row had been read again. */
export function revert(em: SqlEm, entity: object): void {
  const wrapped = helper(entity);
  const original = wrapped.__originalEntityData;
  if (original === undefined || !wrapped.__initialized) return;
  const options = { merge: true, refresh: true, convertCustomTypes: true };
  em.getEntityFactory().create(wrapped.__meta.class, asRead(em, wrapped.__meta, original), options);
}

/** MikroORM keeps JSON as text to compare it, also where the driver hands it over parsed. */
function asRead(em: SqlEm, meta: EntityMetadata, original: object): Record<string, unknown> {
  const data: Record<string, unknown> = { ...original };
  if (!em.getPlatform().convertsJsonAutomatically()) return data;
  for (const { name, kind, customType } of meta.props) {
    const text = data[name];
    if (kind === ReferenceKind.SCALAR && customType instanceof JsonType && typeof text === 'string')
      data[name] = JSON.parse(text) as unknown;
  }
  return data;
}

/** The persistent members of an entity's collections. */
function* membersOf(entity: object): Iterable<object> {
  for (const collection of collectionsOf(entity)) {
    for (const item of collection.getItems(false)) if (!isNew(item)) yield item;
  }
}

function* collectionsOf(entity: object): Iterable<Collection<object>> {
  for (const prop of helper(entity).__meta.relations) {
    if (prop.kind !== ReferenceKind.ONE_TO_MANY && prop.kind !== ReferenceKind.MANY_TO_MANY) continue;
    const value: unknown = Reflect.get(entity, prop.name);
    if (value instanceof Collection) yield value;
  }
}
