import { Reference, ReferenceKind } from '@mikro-orm/core';
import { isEntity, isLoaded, keyOf, metaOf, ownerOf, setPastSetter } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';

/**
 * Puts the session's own entity in the place of each reference that was made without a session, as by
 * `new Post({ userId: 1 })`, and tells the other side of the relation.
 */
export function adoptReferences(em: SqlEm, entity: object): void {
  for (const { name, kind } of metaOf(entity).relations) {
    if (kind !== ReferenceKind.MANY_TO_ONE && kind !== ReferenceKind.ONE_TO_ONE) continue;
    const value: unknown = Reference.unwrapReference(Reflect.get(entity, name));
    if (!isEntity(value)) continue;
    if (isStub(value)) Reflect.set(entity, name, referenceIn(em, value));
    // Reading it at the prompt adopted it on this side alone.
    else if (ownerOf(value) === em) Reflect.set(entity, name, value);
  }
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
