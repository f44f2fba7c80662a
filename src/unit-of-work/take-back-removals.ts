import { Collection, type EntityProperty, ReferenceKind } from '@mikro-orm/core';
import { isForeignKey } from '../mikro-orm/class-tables.ts';
import { changedFields } from '../mikro-orm/changed-fields.ts';
import { addBack } from '../mikro-orm/collections.ts';
import { hasRow, metaOf, targetOf } from '../mikro-orm/entity-state.ts';
import { holdBackRemoval, removeAlone, removeWithAll } from '../mikro-orm/held-back-removals.ts';
import { referredByKey } from '../mikro-orm/mapped-keys.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { hasRemoved, isOrphan, isRemoved, removedEntities, stageNew, unstage } from '../mikro-orm/staged.ts';
import { quietlyIn } from '../mikro-orm/watchers.ts';
import { ownFor } from './attach.ts';
import { newWith, removesWith, unstagedFrom } from './cascade.ts';
import { keptInside, noteHolders } from './embedded-links.ts';
import { leftOwnersOf } from './left-owners.ts';
import { isPending, isTracked } from './object-states.ts';

/** What was removed with an entity, and was not to be removed by itself. */
const goneWith = new WeakMap<object, Set<object>>();

/** The entities with which such ones were removed. */
const causes = new WeakMap<object, object>();

/** Removes an entity because another one is removed, or is that one. @param isHeld whether it is not known yet what that reaches */
export function removeBy(em: SqlEm, cause: object, entity: object, isHeld: boolean): void {
  noteHolders(em, entity);
  if (cause === entity) causes.delete(entity);
  else if (!isRemoved(em, entity)) note(cause, entity);
  if (isHeld) holdBackRemoval(em, entity);
  else removeAlone(em, entity);
}

/** Unstages what is new, and what is new and goes with it, because something else is removed. */
export function unstageBy(em: SqlEm, cause: object, entity: object): void {
  note(cause, entity);
  removeWithAll(em, entity);
}

function note(cause: object, entity: object): void {
  causes.set(entity, cause);
  goneWith.set(cause, (goneWith.get(cause) ?? new Set()).add(entity));
}

/** What was removed with an entity, and was not to be removed by itself. */
export function broughtBy(entity: object): Iterable<object> {
  return goneWith.get(entity) ?? [];
}

/** Takes back the removal of an entity, if it is staged, and of what was removed with it. */
function takeBackRemoval(em: SqlEm, entity: object): void {
  if (!hasRow(entity) || !isRemoved(em, entity)) return;
  unstage(em, entity);
  comeBack(em, entity);
}

/** Lets an entity stay that is to be removed, or of which only the flush finds out that it is an orphan. */
export function letStay(em: SqlEm, entity: object): void {
  leftOwnersOf(em)?.keep(entity);
  takeBackRemoval(em, entity);
}

/** Takes back the removal of what an embedded object refers to that is assigned it later. */
export function takeBackInside(em: SqlEm): void {
  for (const entity of keptInside(em)) takeBackRemoval(em, entity);
}

/** Gives an entity that is not to be removed any more what was to go with it. */
export function comeBack(em: SqlEm, entity: object): void {
  causes.delete(entity);
  fillEmptied(em, entity);
  // What is new and goes with an orphan is still in its lists.
  for (const one of newWith([entity])) if (isRemoved(em, one)) stageAgain(em, one);
  const others = [...(goneWith.get(entity) ?? [])].filter(one => causes.get(one) === entity);
  goneWith.delete(entity);
  for (const one of others) {
    if (hasRow(one)) takeBackRemoval(em, one);
    else stageAgain(em, one);
  }
  enterLists(others);
}

/** Takes back the removals that others have brought with them. @param isLeft those that are to stay as they are */
export function takeBackBrought(em: SqlEm, isLeft: (entity: object, cause: object) => boolean): void {
  const taken = removedEntities(em).filter(entity => {
    const cause = causes.get(entity);
    return cause !== undefined && !isOrphan(em, entity) && !isLeft(entity, cause);
  });
  for (const entity of taken) {
    unstage(em, entity);
    causes.delete(entity);
    fillEmptied(em, entity);
  }
  enterLists(taken);
}

function stageAgain(em: SqlEm, entity: object): void {
  causes.delete(entity);
  unstage(em, entity);
  stageNew(em, entity);
}

/** Gives what is in the lists of an entity its owner back, which the removal took from it. */
function fillEmptied(em: SqlEm, entity: object): void {
  for (const { name, kind, mappedBy } of metaOf(entity).relations) {
    const list: unknown = Reflect.get(entity, name);
    if (kind !== ReferenceKind.ONE_TO_MANY || !(list instanceof Collection)) continue;
    for (const item of list.getItems(false) as object[]) {
      // What has lost its owner otherwise has left the list, or its row has none.
      const isNone = Reflect.get(item, mappedBy) == null;
      // What was assigned the owner, and had none, is as its row is while that is to go.
      const wasAssigned = targetOf(item, { name: mappedBy }) === entity;
      if (isNone && (wasAssigned || changedFields(em, item).includes(mappedBy)))
        Reflect.set(item, mappedBy, entity);
    }
  }
}

/** Puts entities back into the loaded lists that have let go of them. */
function enterLists(entities: readonly object[]): void {
  const lists = new Map<Collection<object>, object[]>();
  for (const entity of entities)
    for (const { name, kind, inversedBy } of metaOf(entity).relations) {
      if (kind !== ReferenceKind.MANY_TO_ONE || inversedBy === undefined) continue;
      // Also where the removal of the target has emptied the column.
      const target = targetOf(entity, { name });
      const list: unknown = target && Reflect.get(target, inversedBy);
      if (list instanceof Collection && list.isInitialized()) {
        const items = lists.get(list) ?? [];
        items.push(entity);
        lists.set(list, items);
      }
    }
  for (const [list, items] of lists) addBack(list, items);
}

/**
 * Takes back the removal of what is linked to something of the session after it was removed: it is to stay, as what is added
 * again. A flush would delete it, and empty the link.
 *
 * @param prop the relation of `owner` that holds `value` now; a link by a list or by a side without a column is one of both
 */
export function keepLinked(em: SqlEm, owner: object, prop: EntityProperty, value: unknown): void {
  if (!hasRemoved(em) && leftOwnersOf(em)?.isEmpty !== false) return;
  const given = referredByKey(em, prop, value);
  if (given === undefined) return;
  // The session may have another object for the row.
  const target = hasRow(given) ? ownFor(em, given) : given;
  quietlyIn(em, () => {
    const isOurs = (one: object) => isTracked(em, one) || isPending(em, one);
    if (isForeignKey(prop)) {
      // What is to be deleted refers to nothing any more.
      if (isMovedFromCause(em, owner, prop, target)) takeBackRemoval(em, owner);
      if (isOurs(owner) && !isRemoved(em, owner)) keep(em, target);
      return;
    }
    if (isOurs(owner)) keep(em, target);
    if (isOurs(target)) keep(em, owner);
  });
}

/** Whether what was to go with another object has been given to one that stays. */
function isMovedFromCause(em: SqlEm, entity: object, prop: EntityProperty, target: object): boolean {
  const { targetMeta, inversedBy } = prop;
  const side = inversedBy === undefined ? undefined : targetMeta?.properties[inversedBy as never];
  return side !== undefined && removesWith(side) && causes.has(entity) && !isRemoved(em, target);
}

/** What is new brings what it leads to. */
function keep(em: SqlEm, entity: object): void {
  letStay(em, entity);
  if (hasRow(entity)) return;
  for (const [one, around] of unstagedFrom(em, entity) ?? [])
    if (!hasRow(one)) for (const neighbour of around) letStay(em, neighbour);
}
