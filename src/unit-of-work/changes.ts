import { isDirty } from '../mikro-orm/changed-fields.ts';
import { hasRow, metaOf } from '../mikro-orm/entity-state.ts';
import { entitiesIn } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { hasRemoved, isRemoved, persistedEntities, removedEntities } from '../mikro-orm/staged.ts';
import { neighbours, newEntities } from './cascade.ts';
import { isDeleted } from './object-states.ts';
import type { Change } from './change-report.ts';

/** Entities whose rows the next flush would update: fields or many-to-many collections differ from the row. */
export function dirtyEntities(em: SqlEm): object[] {
  const dirty: object[] = [];
  for (const entity of entitiesIn(em)) {
    if (!isRemoved(em, entity) && isDirty(em, entity)) dirty.push(entity);
  }
  return dirty;
}

/** Entities whose rows the next flush would delete. */
export function deletedEntities(em: SqlEm): object[] {
  return removedEntities(em).filter(entity => isDeleted(em, entity));
}

/** What the next flush would write, an entity at a time. */
export function stagedChanges(em: SqlEm): (readonly [Change, entity: string])[] {
  const named = (change: Change, entities: readonly object[]) =>
    entities.map(entity => [change, metaOf(entity).className] as const);
  return [
    ...named('new', newEntities(em)),
    ...named('changed', dirtyEntities(em)),
    ...named('removed', deletedEntities(em)),
  ];
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
