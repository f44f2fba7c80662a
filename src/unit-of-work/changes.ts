import { Cascade, Collection, Reference } from '@mikro-orm/core';
import { isDirty } from '../mikro-orm/changed-fields.ts';
import { hasRow, isEntity, metaOf } from '../mikro-orm/entity-state.ts';
import { entitiesIn } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import {
  hasRemoved,
  isPersisted,
  isRemoved,
  persistedEntities,
  removedEntities,
} from '../mikro-orm/staged.ts';

/** Entities that the next flush would insert: the added ones and what is reachable from those and from managed ones. */
export function newEntities(em: SqlEm): object[] {
  const found = new Set<object>();
  const seen = new Set<object>();
  const visit = (entity: object) => {
    if (seen.has(entity)) return;
    seen.add(entity);
    if (isRemoved(em, entity)) return;
    if (!hasRow(entity)) found.add(entity);
    for (const neighbour of neighbours(entity)) visit(neighbour);
  };
  for (const entity of persistedEntities(em)) visit(entity);
  for (const entity of entitiesIn(em)) visit(entity);
  return [...found];
}

/** The entity and what is reachable from it and not staged yet. */
export function unstagedFrom(em: SqlEm, entity: object): Set<object> {
  const found = new Set([entity]);
  // The set grows while it is walked.
  for (const one of found) {
    for (const neighbour of neighbours(one))
      if (!hasRow(neighbour) && !isPersisted(em, neighbour)) found.add(neighbour);
  }
  return found;
}

/** Managed entities whose fields or many-to-many collections differ from the database's last known state. */
export function dirtyEntities(em: SqlEm): object[] {
  const dirty: object[] = [];
  for (const entity of entitiesIn(em)) {
    if (!isRemoved(em, entity) && isDirty(em, entity)) dirty.push(entity);
  }
  return dirty;
}

/** Entities whose rows the next flush would delete. */
export function deletedEntities(em: SqlEm): object[] {
  return removedEntities(em).filter(hasRow);
}

/** Whether a flush would find anything to write; looks at as little as it can. */
export function hasPending(em: SqlEm): boolean {
  if (hasRemoved(em)) return true;
  for (const entity of persistedEntities(em)) if (!hasRow(entity)) return true;
  for (const entity of entitiesIn(em)) {
    if (!hasRow(entity) || isDirty(em, entity)) return true;
    for (const neighbour of neighbours(entity)) if (!hasRow(neighbour)) return true;
  }
  return false;
}

/** What MikroORM would cascade a persist to. */
function* neighbours(entity: object): Iterable<object> {
  for (const prop of metaOf(entity).relations) {
    if (!prop.cascade?.some(cascade => cascade === Cascade.PERSIST || cascade === Cascade.ALL)) continue;
    const value: unknown = Reference.unwrapReference(Reflect.get(entity, prop.name));
    if (value instanceof Collection) {
      if (value.isDirty()) yield* value.getItems(false) as Iterable<object>;
    } else if (isEntity(value)) {
      yield value;
    }
  }
}
