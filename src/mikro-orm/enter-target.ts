import { type EntityProperty, helper, Reference, ReferenceKind } from '@mikro-orm/core';
import { hasRow, isEntity, isLoaded } from './entity-state.ts';
import { unset } from './revert.ts';
import { watcherOf } from './watchers.ts';

/**
 * Puts a new object on the other side of a one-to-one relation, of a target that was never loaded, and takes it from that
 * of the target of before. MikroORM does so only if the target is loaded; what is new would then be lost, or stay.
 */
export function enterTarget(entity: object, prop: EntityProperty, before: unknown): void {
  const { name, kind, owner, inversedBy, targetMeta } = prop;
  if (kind !== ReferenceKind.ONE_TO_ONE || !owner || inversedBy === undefined || hasRow(entity)) return;
  const target: unknown = Reference.unwrapReference(helper(entity).__data[name] as object);
  const isThere = (one: object) => Reference.unwrapReference(Reflect.get(one, inversedBy)) === entity;
  if (isEntity(before) && before !== target && !isLoaded(before) && isThere(before))
    unset(before, Reflect.get(targetMeta?.properties ?? {}, inversedBy));
  if (isEntity(target) && !isLoaded(target) && !isThere(target) && watcherOf(target) !== undefined)
    Reflect.set(target, inversedBy, entity);
}

/**
 * Lets go of the target of a one-to-one relation that leads to something else by now, as memory may have it of what was read
 * at two moments. MikroORM would empty the relation of that target, and with it what it leads to.
 */
export function leaveTarget(entity: object, { name, kind, inversedBy, mappedBy }: EntityProperty): void {
  if (kind !== ReferenceKind.ONE_TO_ONE) return;
  const { __data: data } = helper(entity);
  const target: unknown = Reference.unwrapReference(data[name] as object);
  if (!isEntity(target)) return;
  const back: unknown = helper(target).__data[inversedBy ?? mappedBy];
  if (back != null && Reference.unwrapReference(back) !== entity) Reflect.deleteProperty(data, name);
}
