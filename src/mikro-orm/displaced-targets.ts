import { type EntityProperty, helper, Reference } from '@mikro-orm/core';
import { isEntity } from './entity-state.ts';

/** The targets that what is no target took the place of, by the names of the relations. */
const displaced = new WeakMap<object, Map<string, unknown>>();

/**
 * Assigns what is no target to a relation, so that the other side does not hear of it: it cannot be written. Once something
 * else is assigned, that takes the place of the target that was there before, or that a row has brought since. MikroORM
 * would change both sides, and lose the target. An entity that `em.create()` makes has no row: MikroORM makes the targets
 * from what its constructor has assigned.
 *
 * @param isFilled whether a row fills the entity now
 * @returns whether the relation holds what is no target
 */
export function displace(entity: object, prop: EntityProperty, value: unknown, isFilled: boolean): boolean {
  const { __data: data, __managed: isManaged } = helper(entity);
  const { name } = prop;
  const isNone = isNoTarget(prop, value);
  const isDisplaced = isNoTarget(prop, data[name]);
  if (!isNone && !isDisplaced) return false;
  const targets = displaced.get(entity) ?? new Map<string, unknown>();
  displaced.set(entity, targets);
  if (isNone) {
    if (!isDisplaced) targets.set(name, data[name]);
    data[name] = value;
    return true;
  }
  if (isFilled && isManaged) {
    targets.set(name, value);
    return true;
  }
  data[name] = targets.get(name);
  return false;
}

/**
 * Puts the displaced target in its place again where the other side of the relation has the column, and refers to the entity.
 *
 * @returns whether it did
 */
export function putBackTarget(entity: object, { name, mappedBy }: EntityProperty): boolean {
  const target: unknown = displaced.get(entity)?.get(name);
  const real: unknown = Reference.unwrapReference(target as object);
  if (mappedBy === undefined || !isEntity(real)) return false;
  if (Reference.unwrapReference(Reflect.get(real, mappedBy) as object) !== entity) return false;
  helper(entity).__data[name] = target;
  return true;
}

/** Whether a relation cannot hold a value. */
export function isNoTarget({ mapToPk }: EntityProperty, value: unknown): boolean {
  return value != null && mapToPk !== true && !isEntity(Reference.unwrapReference(value));
}
