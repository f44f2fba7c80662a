import { type EntityMetadata, type EntityProperty, helper, Reference } from '@mikro-orm/core';
import { changedFields } from './changed-fields.ts';
import { hasRow, isEntity, metaOf, targetOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';
import type { TakenPlace } from './watchers.ts';

/** The place that an assignment to a one-to-one relation gives to another object, or to none. */
export function placeTakenBy(entity: object, prop: EntityProperty, value: unknown): TakenPlace | undefined {
  const item: unknown = Reference.unwrapReference(value as object);
  if (!prop.owner) return { ...place(entity, prop), given: isEntity(item) ? item : null };
  if (prop.inversedBy === undefined || !isEntity(item)) return undefined;
  const side = metaOf(item).properties[prop.inversedBy as never] as EntityProperty | undefined;
  if (side === undefined) return undefined;
  const taken = place(item, side);
  if (taken.before === entity) return undefined;
  return taken.before === undefined ? { ...taken, given: entity } : taken;
}

function place(owner: object, prop: EntityProperty): TakenPlace {
  const before = targetOf(owner, prop);
  const em = before && (helper(before).__em as SqlEm | undefined);
  const isStaged = before !== undefined && em !== undefined && isAssigned(em, before, columnOf(prop).name);
  return { owner, prop, before, isStaged };
}

/** The relation with the column that a place is filled by. */
export function columnOf({ mappedBy, targetMeta }: EntityProperty): EntityProperty {
  return Reflect.get((targetMeta as EntityMetadata).properties, mappedBy);
}

/** Assigns none to what had a place before. MikroORM only forgets what it led to, which is no change if that was staged. */
export function emptyDisplaced({ prop, before }: TakenPlace): void {
  const { name, primary } = columnOf(prop);
  if (before === undefined || primary === true || helper(before).__data[name] !== undefined) return;
  Reflect.set(before, name, null);
}

/** Whether what a field holds is still to be written. */
export function isAssigned(em: SqlEm, entity: object, name: string): boolean {
  return !hasRow(entity) || changedFields(em, entity).includes(name);
}
