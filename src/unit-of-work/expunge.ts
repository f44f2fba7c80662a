import { Cascade, Collection, type EntityProperty, Reference } from '@mikro-orm/core';
import { removeOneSided } from '../mikro-orm/collections.ts';
import { hasRow, isEntity, metaOf } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { referringProperties } from '../mikro-orm/referrers.ts';
import { expunge, pointAt } from './attach.ts';
import { Referrers } from './referrers.ts';

/**
 * Unstages a new entity, and the new ones that it owns, and takes them out of everything staged that refers to them: a
 * flush would cascade to them.
 */
export function expungeNew(em: SqlEm, entity: object): void {
  const leaving = withOwned(entity);
  const referrers = new Referrers(em, [...leaving]);
  for (const left of leaving) expunge(em, left);
  for (const left of leaving)
    for (const { meta, prop } of referringProperties(metaOf(left)))
      for (const referrer of referrers.in(left, meta).values())
        if (!leaving.has(referrer)) letGo(referrer, prop, left);
}

function letGo(referrer: object, prop: EntityProperty, left: object): void {
  const value: unknown = Reflect.get(referrer, prop.name);
  if (value instanceof Collection) removeOneSided(value as Collection<object>, left);
  else if (Reference.unwrapReference(value as object) === left) pointAt(referrer, prop, null);
}

/** The entity, and the new ones that would be removed with it. */
export function withOwned(entity: object): Set<object> {
  const found = new Set([entity]);
  // The set grows while it is walked.
  for (const one of found) {
    for (const prop of metaOf(one).relations) {
      if (!prop.orphanRemoval && !prop.cascade?.some(each => OWNING.has(each))) continue;
      const value: unknown = Reference.unwrapReference(Reflect.get(one, prop.name));
      const members: unknown[] = value instanceof Collection ? value.getItems(false) : [value];
      for (const member of members) if (isEntity(member) && !hasRow(member)) found.add(member);
    }
  }
  return found;
}

const OWNING: ReadonlySet<string> = new Set([Cascade.ALL, Cascade.REMOVE]);
