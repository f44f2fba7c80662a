import { Collection, type EntityProperty, helper, Reference, ReferenceKind } from '@mikro-orm/core';
import { hasRow, isEntity } from './entity-state.ts';
import { watcherOf } from './watchers.ts';

/**
 * Puts an object into the list of what was assigned to a many-to-one relation of it. MikroORM does so only if the list is
 * loaded, and the object's own class declares the relation; what is new would then be lost.
 */
export function enterList(entity: object, { name, kind, inversedBy }: EntityProperty): void {
  if (kind !== ReferenceKind.MANY_TO_ONE || inversedBy === undefined) return;
  const owner: unknown = Reference.unwrapReference(helper(entity).__data[name] as object);
  if (!isEntity(owner)) return;
  const list = (Reflect.get(owner, inversedBy) ?? unreadList(owner, inversedBy)) as Collection<object>;
  if (list.contains(entity, false)) return watcherOf(owner)?.takes(owner, list.property, entity);
  if (list.isPartial()) return;
  // What has a row is found there, and a list that is not loaded is no session's.
  if (!list.isInitialized() && (hasRow(entity) || watcherOf(owner) === undefined)) return;
  list.addWithoutPropagation(entity);
}

/** The list of a reference, which has none. */
function unreadList(owner: object, name: string): Collection<object> {
  const list = Collection.create<object>(owner, name as never, undefined, false);
  list.setDirty(false);
  return list;
}
