import { Cascade, Collection, type EntityProperty, Reference } from '@mikro-orm/core';
import { watchOwnFields } from '../mikro-orm/assignment-watch.ts';
import { mayHaveItems } from '../mikro-orm/collections.ts';
import { embeddedTargets } from '../mikro-orm/embedded-targets.ts';
import { hasRow, isEntity, metaOf } from '../mikro-orm/entity-state.ts';
import { entitiesIn } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { perClass } from '../mikro-orm/per-class.ts';
import { isPersisted, isRemoved, persistedEntities } from '../mikro-orm/staged.ts';

/**
 * Entities that the next flush would insert: the added ones, and the new ones that added and tracked ones refer to.
 *
 * @param isPassedBy those along which it is not looked for more
 */
export function newEntities(em: SqlEm, isPassedBy?: (entity: object) => boolean): object[] {
  const found = new Set<object>();
  const seen = new Set<object>();
  const open: object[] = [];
  // A chain of some thousands would be too deep for the stack.
  const visit = (from: object) => {
    open.push(from);
    for (let entity = open.pop(); entity !== undefined; entity = open.pop()) {
      if (seen.has(entity)) continue;
      seen.add(entity);
      if (isRemoved(em, entity) || isPassedBy?.(entity) === true) continue;
      if (!hasRow(entity)) found.add(entity);
      const around = neighbours(entity);
      for (let i = around.length - 1; i >= 0; i--) open.push(around[i] as object);
    }
  };
  for (const entity of persistedEntities(em)) visit(entity);
  for (const entity of entitiesIn(em)) visit(entity);
  return [...found];
}

/**
 * The entity, and the new ones that it leads to and that are not staged yet, each with what it leads to itself.
 *
 * @returns undefined if it leads to nothing, which of thousands nearly all do
 */
export function unstagedFrom(em: SqlEm, entity: object): Map<object, readonly object[]> | undefined {
  const around = aroundWatched(entity);
  if (around === NONE) return undefined;
  const found = new Map([[entity, around]]);
  // The map grows while it is walked.
  for (const beside of found.values())
    for (const next of beside)
      if (!found.has(next) && !hasRow(next) && !isPersisted(em, next)) found.set(next, aroundWatched(next));
  return found;
}

function aroundWatched(entity: object): readonly object[] {
  // A list may have been put in the place of a collection.
  if (!hasRow(entity)) watchOwnFields(entity);
  return neighbours(entity);
}

/** Entities, and what has a row and goes with them, as far as that is loaded. */
export function removedWith(entities: Iterable<object>): Set<object> {
  const found = new Set(entities);
  // The set grows while it is walked.
  for (const one of found)
    for (const prop of removingIn(metaOf(one)))
      for (const member of membersOf(one, prop)) if (hasRow(member)) found.add(member);
  return found;
}

/** What has no row, and goes with entities or with what is so found. */
export function newWith(entities: Iterable<object>): Set<object> {
  const all = new Set(entities);
  const found = new Set<object>();
  // The set grows while it is walked.
  for (const one of all)
    for (const prop of removingIn(metaOf(one)))
      for (const member of membersOf(one, prop))
        if (!hasRow(member)) {
          all.add(member);
          found.add(member);
        }
  return found;
}

/** What a relation of an entity leads to, as far as that is in memory. */
export function membersOf(entity: object, { name }: EntityProperty): object[] {
  const value: unknown = Reference.unwrapReference(Reflect.get(entity, name) as object);
  if (value instanceof Collection) return value.getItems(false) as object[];
  return isEntity(value) ? [value] : [];
}

/** Whether what a relation leads to is removed with the entity that has the relation. */
export function removesWith({ orphanRemoval, cascade }: EntityProperty): boolean {
  if (orphanRemoval === true) return true;
  return cascade?.some(one => one === Cascade.REMOVE || one === Cascade.ALL) ?? false;
}

/** The relations of a class of which that is so. */
export const removingIn = perClass((meta): readonly EntityProperty[] => meta.relations.filter(removesWith));

/** What MikroORM would cascade a persist to. */
export function neighbours(entity: object): readonly object[] {
  let found: object[] | undefined;
  for (const name of persisting(metaOf(entity))) {
    const held: unknown = Reflect.get(entity, name);
    if (held == null) continue;
    if (held instanceof Collection) {
      // Every item of what is to be inserted; of what has a row, only those that may be new.
      if (mayHaveItems(held) && (held.isDirty() || !hasRow(entity)))
        for (const item of held.getItems(false)) (found ??= []).push(item as object);
      continue;
    }
    const value: unknown = Reference.unwrapReference(held);
    if (isEntity(value)) (found ??= []).push(value);
  }
  const inside = embeddedTargets(entity);
  if (inside.length > 0) (found ??= []).push(...inside);
  return found ?? NONE;
}

/** Most new entities have none, and share this list. */
const NONE: readonly object[] = [];

/** The names of the relations along which MikroORM persists. */
const persisting = perClass((meta): readonly string[] =>
  meta.relations
    .filter(({ cascade }) => cascade?.some(each => each === Cascade.PERSIST || each === Cascade.ALL))
    .map(({ name }) => name),
);
