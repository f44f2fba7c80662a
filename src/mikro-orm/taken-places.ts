import { type EntityMetadata, type EntityProperty, helper, Reference } from '@mikro-orm/core';
import { changedFields } from './changed-fields.ts';
import { hasRow, isEntity, metaOf, targetOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';

/** What an assignment to a one-to-one relation makes of the place that is on the side without a column. */
export interface TakenPlace {
  readonly owner: object;
  /** The relation of the owner that has no column. */
  readonly prop: EntityProperty;
  /** What memory has in that place until then. */
  readonly before: object | undefined;
  /** Whether that was put there by an assignment that is not written yet. */
  readonly isStaged: boolean;
  /** What it is given; absent where the assignment is to the column of what comes there, and it is known what was there. */
  readonly given?: object | null;
}

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
  return { owner, prop, before, isStaged: before !== undefined && isAssigned(before, columnOf(prop).name) };
}

/** Assigns none to what had a place before. MikroORM only forgets what it led to, which is no change if that was staged. */
export function emptyDisplaced({ prop, before }: TakenPlace): void {
  const { name, primary } = columnOf(prop);
  if (before === undefined || primary === true || helper(before).__data[name] !== undefined) return;
  Reflect.set(before, name, null);
}

/** Whether what a relation leads to is not what its row says. */
export function isAssigned(entity: object, name: string): boolean {
  return !hasRow(entity) || changedFields(helper(entity).__em as SqlEm, entity).includes(name);
}

/** The relation with the column that a place is filled by. */
export function columnOf({ mappedBy, targetMeta }: EntityProperty): EntityProperty {
  return Reflect.get((targetMeta as EntityMetadata).properties, mappedBy);
}
