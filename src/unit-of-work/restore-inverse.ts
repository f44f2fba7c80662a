import { Collection, Reference, ReferenceKind } from '@mikro-orm/core';
import { addOneSided } from '../mikro-orm/collections.ts';
import { hasRow, isEntity, metaOf } from '../mikro-orm/entity-state.ts';

/** Puts a new entity back into the collections of the new entities it refers to: removing it took it out of them. */
export function restoreInverse(entity: object): void {
  for (const { name, kind, inversedBy } of metaOf(entity).relations) {
    if (kind !== ReferenceKind.MANY_TO_ONE || inversedBy === undefined) continue;
    const target: unknown = Reference.unwrapReference(Reflect.get(entity, name));
    if (!isEntity(target) || hasRow(target)) continue;
    const inverse: unknown = Reflect.get(target, inversedBy);
    if (inverse instanceof Collection && inverse.isInitialized())
      addOneSided(inverse as Collection<object>, entity);
  }
}
