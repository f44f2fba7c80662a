import { Cascade, Collection, type EntityProperty, helper, Reference, ReferenceKind } from '@mikro-orm/core';
import type { SqlEm } from '../mikro-orm/orm.ts';

/** Entities that the next flush would insert: the added ones and what is reachable from those and from managed ones. */
export function newEntities(em: SqlEm): object[] {
  const uow = em.getUnitOfWork();
  const found = new Set<object>();
  const seen = new Set<object>();
  const visit = (entity: object) => {
    if (seen.has(entity)) return;
    seen.add(entity);
    if (isRemoved(em, entity)) return;
    if (isNew(entity)) found.add(entity);
    for (const neighbour of neighbours(entity)) visit(neighbour);
  };
  for (const entity of uow.getPersistStack()) visit(entity);
  for (const entity of uow.getIdentityMap()) visit(entity);
  return [...found];
}

/** The entity and what is reachable from it and not staged yet. */
export function unstagedFrom(em: SqlEm, entity: object): Set<object> {
  const staged = em.getUnitOfWork().getPersistStack();
  const found = new Set([entity]);
  // The set grows while it is walked.
  for (const one of found) {
    for (const neighbour of neighbours(one))
      if (isNew(neighbour) && !staged.has(neighbour)) found.add(neighbour);
  }
  return found;
}

/** Managed entities whose fields or many-to-many collections differ from the database's last known state. */
export function dirtyEntities(em: SqlEm): object[] {
  const dirty: object[] = [];
  for (const entity of em.getUnitOfWork().getIdentityMap()) {
    if (!isRemoved(em, entity) && isDirty(em, entity)) dirty.push(entity);
  }
  return dirty;
}

/** Entities whose rows the next flush would delete. */
export function deletedEntities(em: SqlEm): object[] {
  return removedEntities(em).filter(entity => !isNew(entity));
}

/** Those, and what has no row any more. */
export function removedEntities(em: SqlEm): object[] {
  const uow = em.getUnitOfWork();
  return [...new Set([...uow.getRemoveStack(), ...uow.getOrphanRemoveStack()])];
}

/** Whether a flush would find anything to write; looks at as little as it can. */
export function hasPending(em: SqlEm): boolean {
  const uow = em.getUnitOfWork();
  if (uow.getRemoveStack().size > 0 || uow.getOrphanRemoveStack().size > 0) return true;
  for (const entity of uow.getPersistStack()) if (isNew(entity)) return true;
  for (const entity of uow.getIdentityMap()) {
    if (isNew(entity) || isDirty(em, entity)) return true;
    for (const neighbour of neighbours(entity)) if (isNew(neighbour)) return true;
  }
  return false;
}

/** The names and the new values of the fields that differ; nothing for an entity that was never loaded. */
export function changedFields(em: SqlEm, entity: object): string[] {
  const wrapped = helper(entity);
  const original = wrapped.__originalEntityData;
  if (original === undefined || !wrapped.__initialized) return [];
  // MikroORM's comparator would stumble over it.
  const unfit = unfitReference(entity);
  if (unfit !== undefined) return [unfit.name];
  const comparator = em.getComparator();
  const diff = comparator.diffEntities(wrapped.__meta.class, original, comparator.prepareEntity(entity));
  const names = Object.keys(diff);
  // A reference to something that has no key yet looks to MikroORM's comparator like no reference at all.
  for (const { name, kind } of wrapped.__meta.relations) {
    if (kind !== ReferenceKind.MANY_TO_ONE && kind !== ReferenceKind.ONE_TO_ONE) continue;
    const value: unknown = Reference.unwrapReference(Reflect.get(entity, name));
    if (isEntity(value) && isNew(value) && !helper(value).hasPrimaryKey() && !names.includes(name))
      names.push(name);
  }
  return names;
}

/** A relation that holds something else than one of its entities. */
export function unfitReference(entity: object): EntityProperty | undefined {
  return helper(entity).__meta.relations.find(prop => {
    if (prop.mapToPk === true || prop.targetMeta === undefined) return false;
    if (prop.kind !== ReferenceKind.MANY_TO_ONE && prop.kind !== ReferenceKind.ONE_TO_ONE) return false;
    const value: unknown = Reference.unwrapReference(Reflect.get(entity, prop.name));
    if (value == null) return false;
    return !isEntity(value) || helper(value).__meta.root !== prop.targetMeta.root;
  });
}

export function isNew(entity: object): boolean {
  return helper(entity).__originalEntityData === undefined;
}

function isRemoved(em: SqlEm, entity: object): boolean {
  const uow = em.getUnitOfWork();
  return uow.getRemoveStack().has(entity) || uow.getOrphanRemoveStack().has(entity);
}

/** Whether fields or a many-to-many collection differ from the database's last known state. */
export function isDirty(em: SqlEm, entity: object): boolean {
  if (changedFields(em, entity).length > 0) return true;
  return collections(entity).some(
    ([collection, kind]) => kind === ReferenceKind.MANY_TO_MANY && !isNew(entity) && isChanged(collection),
  );
}

/** Whether a many-to-many collection is to be written; its other side, where that is loaded, says the same again. */
export function isChanged(collection: Collection<object>): boolean {
  if (!collection.isDirty()) return false;
  const { owner, mappedBy } = collection.property;
  if (owner || mappedBy === undefined) return true;
  const [before, now] = [new Set(collection.getSnapshot()), new Set<object>(collection.getItems(false))];
  const differing = [...before, ...now].filter(member => before.has(member) !== now.has(member));
  return differing.some(member => {
    const side: unknown = Reflect.get(member, mappedBy);
    return !(side instanceof Collection && side.isDirty());
  });
}

function collections(entity: object): [Collection<object>, ReferenceKind][] {
  const found: [Collection<object>, ReferenceKind][] = [];
  for (const prop of helper(entity).__meta.relations) {
    if (prop.kind !== ReferenceKind.ONE_TO_MANY && prop.kind !== ReferenceKind.MANY_TO_MANY) continue;
    const value: unknown = Reflect.get(entity, prop.name);
    if (value instanceof Collection) found.push([value, prop.kind]);
  }
  return found;
}

/** What MikroORM would cascade a persist to. */
function* neighbours(entity: object): Iterable<object> {
  for (const prop of helper(entity).__meta.relations) {
    if (!prop.cascade?.some(cascade => cascade === Cascade.PERSIST || cascade === Cascade.ALL)) continue;
    const value: unknown = Reference.unwrapReference(Reflect.get(entity, prop.name));
    if (value instanceof Collection) {
      if (value.isDirty()) yield* value.getItems(false) as Iterable<object>;
    } else if (isEntity(value)) {
      yield value;
    }
  }
}

export function isEntity(value: unknown): value is object {
  return typeof value === 'object' && value !== null && '__helper' in value;
}
