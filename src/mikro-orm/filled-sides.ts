import { type EntityProperty, helper, Reference } from '@mikro-orm/core';
import { displace } from './displaced-targets.ts';
import { isEntity, metaOf } from './entity-state.ts';
import { unset } from './revert.ts';
import type { SqlEm } from './orm.ts';
import { isFilledByItsRow } from './row-filling.ts';
import { isAssigned } from './taken-places.ts';
import { watcherOf } from './watchers.ts';

/**
 * Lets a row fill a side of a one-to-one relation. MikroORM changes the other side as an assignment does: where that has the
 * column, it would be staged, and written, that somebody has read what another session had changed meanwhile.
 */
export function fillSide(entity: object, prop: EntityProperty, value: unknown): void {
  const { owner, inversedBy } = prop;
  // What is in a column is known from the row that has it alone, unless something else was assigned to that.
  if (owner ? !isFilledByItsRow(entity) : isAssignedThere(entity, prop, value)) return;
  if (!owner && isGiven(entity, prop)) return;
  const before = holds(entity, prop);
  hold(entity, prop, value);
  if (!owner || inversedBy === undefined) return;
  const target: unknown = Reference.unwrapReference(value as object);
  if (before === target) return;
  if (isEntity(before)) leave(entity, before, inversedBy);
  if (isEntity(target)) enter(entity, target, inversedBy);
}

/** Makes the other side one that was not read, where it holds the entity. */
function leave(entity: object, target: object, name: string): void {
  const side = sideOf(target, name);
  if (side !== undefined && holds(target, side) === entity) unset(target, side);
}

/** Puts an entity at the other side, which has no column, unless something else was assigned to that. */
function enter(entity: object, target: object, name: string): void {
  const side = sideOf(target, name);
  if (side === undefined || side.mapToPk === true) return;
  const held = holds(target, side);
  if (held === entity || isAssignedThere(target, side) || isGiven(target, side)) return;
  hold(target, side, entity);
}

/** Whether the column was assigned of what is at the side without one, or of what a row puts there. */
function isAssignedThere(entity: object, side: EntityProperty, value?: unknown): boolean {
  const em = helper(entity).__em as SqlEm | undefined;
  if (em === undefined) return false;
  const ones = [holds(entity, side), Reference.unwrapReference(value as object)];
  return ones.some(one => isEntity(one) && isAssigned(em, one, side.mappedBy));
}

function isGiven(entity: object, side: EntityProperty): boolean {
  return watcherOf(entity)?.isPlaceGiven(entity, side) === true;
}

function hold(entity: object, prop: EntityProperty, value: unknown): void {
  if (displace(entity, prop, value, true)) return;
  helper(entity).__data[prop.name] = Reference.wrapReference(value, prop);
}

function sideOf(target: object, name: string): EntityProperty | undefined {
  return Reflect.get(metaOf(target).properties, name) as EntityProperty | undefined;
}

function holds(target: object, { name }: EntityProperty): unknown {
  return Reference.unwrapReference(helper(target).__data[name] as object);
}
