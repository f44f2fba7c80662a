import { Collection, Reference, ReferenceKind } from '@mikro-orm/core';
import {
  hasRow,
  isEntity,
  isLoaded,
  keyOf,
  metaOf,
  ownerOf,
  setPastSetter,
} from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';

/**
 * Puts the session's own entity in the place of each reference that was made without a session, as by
 * `new Post({ userId: 1 })`, and tells the other side of the relation. What else an entity with a row has is that of its row,
 * which may have changed since it was read.
 */
export function adoptReferences(em: SqlEm, entity: object): void {
  const isNew = !hasRow(entity);
  for (const { name, kind, mappedBy } of metaOf(entity).relations) {
    const value: unknown = Reference.unwrapReference(Reflect.get(entity, name));
    if (mappedBy !== undefined && kind !== ReferenceKind.MANY_TO_MANY) {
      if (!isNew) continue;
      // A rollback took the entity out of those, and it kept them.
      const others = value instanceof Collection ? (value.getItems(false) as object[]) : [value];
      for (const other of others) if (isEntity(other)) referBack(other, mappedBy, entity);
      continue;
    }
    if (kind !== ReferenceKind.MANY_TO_ONE && kind !== ReferenceKind.ONE_TO_ONE) continue;
    if (!isEntity(value)) continue;
    if (isStub(value)) Reflect.set(entity, name, referenceIn(em, value));
    // Reading it at the prompt adopted it on this side alone.
    else if (isNew && ownerOf(value) === em) Reflect.set(entity, name, value);
  }
}

function referBack(other: object, name: string, entity: object): void {
  if (Reference.unwrapReference(Reflect.get(other, name)) !== entity) Reflect.set(other, name, entity);
}

/**
 * Does so for one reference, on this side alone: reading a property of a transient object must not stage the object
 * through the other side of the relation.
 *
 * @returns the session's own entity
 */
export function adoptReference(em: SqlEm, entity: object, name: string, stub: object): object {
  const own = referenceIn(em, stub);
  setPastSetter(entity, name, own);
  return own;
}

/** Whether it is a reference that was made without a session. */
export function isStub(entity: object): boolean {
  return !isLoaded(entity) && ownerOf(entity) === undefined;
}

function referenceIn(em: SqlEm, entity: object): object {
  return em.getReference(metaOf(entity).class, keyOf(entity) as never);
}
