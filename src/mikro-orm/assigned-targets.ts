import { type EntityProperty, ReferenceKind } from '@mikro-orm/core';
import { couldBe, hasRow, targetOf } from './entity-state.ts';

/** What was assigned an object in one of its relations. */
const assigned = new WeakMap<object, Set<object>>();

/**
 * Notes what a relation of an object was assigned. MikroORM puts the object at the other side of that only if it is loaded,
 * and what has a row would be found there only as its row has it.
 */
export function noteAssigned(entity: object, prop: EntityProperty): void {
  if (prop.inversedBy === undefined || !hasRow(entity)) return;
  const target = targetOf(entity, prop);
  if (target !== undefined) assigned.set(target, (assigned.get(target) ?? new Set()).add(entity));
}

/** What was assigned an object, and still has it, in the relation that a side without a column is the other one of. */
export function assignedTo(target: object, { kind, mappedBy, targetMeta }: EntityProperty): object[] {
  if (mappedBy === undefined || kind === ReferenceKind.MANY_TO_MANY || targetMeta === undefined) return [];
  const isThere = (one: object) => targetOf(one, { name: mappedBy }) === target;
  return [...(assigned.get(target) ?? [])].filter(one => couldBe(targetMeta, one) && isThere(one));
}
