import type { EntityMetadata } from '@mikro-orm/core';
import { isDirty, isStaged } from '../mikro-orm/changed-fields.ts';
import { hasRow, metaOf } from '../mikro-orm/entity-state.ts';
import { seenWith } from '../mikro-orm/held-back-removals.ts';
import { entitiesIn } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { hasRemoved, persistedEntities, removedEntities } from '../mikro-orm/staged.ts';
import { quietlyIn } from '../mikro-orm/watchers.ts';
import { ownFor } from './attach.ts';
import { neighbours, newEntities, removedWith } from './cascade.ts';
import { keptInside } from './embedded-links.ts';
import { isDeleted } from './object-states.ts';
import { type Change, combined } from './change-report.ts';

/** Entities whose rows the next flush would update: fields or many-to-many collections differ from the row. */
export function dirtyEntities(em: SqlEm, is = isDirty): object[] {
  const dirty: object[] = [];
  const removed = hasRemoved(em) ? going(em) : NONE;
  for (const entity of entitiesIn(em)) {
    if (!removed.has(entity) && is(em, entity)) dirty.push(entity);
  }
  return dirty;
}

/** Those, and what holds something that cannot be written where it has no column. */
export function changedEntities(em: SqlEm): object[] {
  return dirtyEntities(em, isStaged);
}

/** Entities whose rows the next flush would delete, as far as that is known. */
export function deletedEntities(em: SqlEm): object[] {
  return [...going(em)].filter(entity => hasRow(entity) || isDeleted(em, entity));
}

/** What is staged to be removed, and what is known to go with it, which a flush stages. */
function going(em: SqlEm): ReadonlySet<object> {
  return quietlyIn(em, () => {
    const kept = keptInside(em);
    const removed = removedEntities(em).filter(entity => !kept.has(entity));
    return new Set(Array.from(seenWith(em, removed) ?? removedWith(removed), one => ownFor(em, one)));
  });
}

const NONE: ReadonlySet<object> = new Set();

/** What is or was to be written, an entity at a time. */
export type EntityChanges = Iterable<readonly [entity: object, change: Change]>;

/** What one after the other comes to, as a ChangeReport counts it. */
export function changesIn(
  written: readonly EntityChanges[],
): (readonly [Change, entity: string, count: number])[] {
  const [first, ...later] = written;
  // What happened at one time has each entity once.
  if (first !== undefined && later.length === 0) return countsOf(first);
  const now = new Map<object, Change>();
  for (const changes of written) {
    for (const [entity, change] of changes) {
      const both = combined(now.get(entity), change);
      if (both === undefined) now.delete(entity);
      else now.set(entity, both);
    }
  }
  return countsOf(now);
}

function countsOf(changes: EntityChanges): (readonly [Change, entity: string, count: number])[] {
  const byClass = new Map<EntityMetadata, Map<Change, number>>();
  for (const [entity, change] of changes) {
    const meta = metaOf(entity);
    let counts = byClass.get(meta);
    if (counts === undefined) byClass.set(meta, (counts = new Map()));
    counts.set(change, (counts.get(change) ?? 0) + 1);
  }
  return [...byClass].flatMap(([{ className }, counts]) =>
    Array.from(counts, ([change, count]) => [change, className, count] as const),
  );
}

/** What the next flush would write. */
export function* stagedChanges(em: SqlEm): EntityChanges {
  for (const entity of newEntities(em)) yield [entity, 'new'];
  for (const entity of dirtyEntities(em)) yield [entity, 'changed'];
  for (const entity of deletedEntities(em)) yield [entity, 'removed'];
}

/** Whether a flush would find anything to write; looks at as little as it can. */
export function hasPending(em: SqlEm): boolean {
  if (hasRemoved(em)) return true;
  for (const entity of persistedEntities(em)) if (!hasRow(entity)) return true;
  for (const entity of entitiesIn(em)) {
    if (!hasRow(entity) || isStaged(em, entity)) return true;
    for (const neighbour of neighbours(entity)) if (!hasRow(neighbour)) return true;
  }
  return false;
}
