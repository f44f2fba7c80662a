import { type EntityProperty, helper, Reference } from '@mikro-orm/core';
import { displace } from './displaced-targets.ts';
import { isEntity, metaOf } from './entity-state.ts';
import { unset } from './revert.ts';
import { isFilledByItsRow } from './row-filling.ts';
import { isAssigned } from './taken-places.ts';

/**
 * Lets a row fill a side of a one-to-one relation. MikroORM changes the other side as an assignment does: where that has the
 * column, it would be staged, and written, that somebody has read what another session had changed meanwhile.
 */
export function fillSide(entity: object, prop: EntityProperty, value: unknown): void {
  const { name, owner, inversedBy } = prop;
  const { __data: data } = helper(entity);
  // What is in a column is known from the row that has it alone.
  if (owner && !isFilledByItsRow(entity)) return;
  const before: unknown = Reference.unwrapReference(data[name] as object);
  if (!displace(entity, prop, value, true)) data[name] = Reference.wrapReference(value, prop);
  if (!owner || inversedBy === undefined) return;
  const target: unknown = Reference.unwrapReference(value as object);
  if (before === target) return;
  if (isEntity(before)) leave(entity, before, inversedBy);
  if (isEntity(target)) enter(entity, name, target, inversedBy);
}

/** Makes the other side one that was not read, where it holds the entity. */
function leave(entity: object, target: object, name: string): void {
  const side = sideOf(target, name);
  if (side !== undefined && holds(target, side) === entity) unset(target, side);
}

/** Puts an entity at the other side, which has no column, unless something else was assigned to that. */
function enter(entity: object, relation: string, target: object, name: string): void {
  const side = sideOf(target, name);
  if (side === undefined || side.mapToPk === true) return;
  const held = holds(target, side);
  if (held === entity || (isEntity(held) && isAssigned(held, relation))) return;
  Reflect.set(target, side.name, Reference.wrapReference(entity, side));
}

function sideOf(target: object, name: string): EntityProperty | undefined {
  return Reflect.get(metaOf(target).properties, name) as EntityProperty | undefined;
}

function holds(target: object, { name }: EntityProperty): unknown {
  return Reference.unwrapReference(helper(target).__data[name] as object);
}
