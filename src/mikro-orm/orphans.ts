import type { EntityProperty } from '@mikro-orm/core';
import { isForeignKey } from './class-tables.ts';
import { targetOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';
import { watcherOf, watcherOfStaged } from './watchers.ts';

/**
 * Tells of what has become an orphan when a relation was assigned: the object itself, where it has left the list that removes
 * its orphans, or the one that the relation led to. MikroORM knows only of what the other side let go of, and has a row.
 */
export function tellOrphans(entity: object, prop: EntityProperty, before: object | undefined): void {
  const now = targetOf(entity, prop);
  const other = otherSide(prop);
  const removes = prop.orphanRemoval === true || other?.orphanRemoval === true;
  if (removes && isForeignKey(prop)) watcherOf(entity)?.leavesOwner(entity, prop, before);
  if (before === undefined || before === now) return;
  const watcher = watcherOfStaged(entity) ?? watcherOfStaged(before);
  if (now === undefined && other?.orphanRemoval === true) watcher?.orphaned(entity);
  const taken = other === undefined ? undefined : targetOf(before, other);
  if (prop.orphanRemoval === true && (taken === undefined || taken === entity)) watcher?.orphaned(before);
}

/** Stages the removal of an orphan, and of what goes with it. */
export function stageOrphan(em: SqlEm, entity: object): void {
  em.getUnitOfWork().scheduleOrphanRemoval(entity);
}

/** Takes that back. */
export function unstageOrphan(em: SqlEm, entity: object): void {
  em.getUnitOfWork().cancelOrphanRemoval(entity);
}

/** The relation that is the other side of one, if that has another. */
export function otherSide({ inversedBy, mappedBy, targetMeta }: EntityProperty): EntityProperty | undefined {
  return targetMeta?.properties[(inversedBy ?? mappedBy) as never];
}
