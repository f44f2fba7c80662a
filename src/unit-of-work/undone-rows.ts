import { Collection, Reference } from '@mikro-orm/core';
import { metaOf } from '../mikro-orm/entity-state.ts';
import type { EntitySnapshot } from '../mikro-orm/entity-snapshot.ts';
import { placeOf, successorOf } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { replaceItem } from '../mikro-orm/take-out.ts';
import { pointAt, replaceReferences } from './attach.ts';

/**
 * The objects that were read of the rows of others which have left the session, by what was left: these rows are undone. What was
 * written of one before the other had left is of another row that had the same key.
 *
 * @param left when they have left
 * @param written what was written of others
 */
export function readOfUndone(
  em: SqlEm,
  left: ReadonlyMap<object, number>,
  written: ReadonlyMap<object, EntitySnapshot>,
): Map<object, object> {
  const found = new Map<object, object>();
  if (left.size === 0) return found;
  const places = new Map<string, object>();
  for (const entity of left.keys()) {
    places.set(`${metaOf(entity).root.className} ${placeOf(em, entity)}`, entity);
    const successor = successorOf(em, entity);
    if (successor !== undefined && !written.has(successor)) found.set(successor, entity);
  }
  for (const [entity, { row, place, at }] of written) {
    const first = row && places.get(`${metaOf(entity).root.className} ${place}`);
    if (first !== undefined && first !== entity && at > (left.get(first) ?? at)) found.set(entity, first);
  }
  return found;
}

/**
 * Has what refers to the rows of objects that have left the session refer to the objects themselves, as it did before they
 * left: these rows are undone, and a reference to one would pass for something that is in the database.
 *
 * @param owners what was read of these rows, with the objects themselves
 */
export function referToLeft(em: SqlEm, left: Iterable<object>, owners: ReadonlyMap<unknown, object>): void {
  for (const [successor, entity] of owners) replaceReferences(em, successor as object, entity);
  if (owners.size === 0) return;
  // What has left after the others refers to what took their places, too.
  for (const entity of left)
    for (const prop of metaOf(entity).relations) {
      const value: unknown = Reference.unwrapReference(Reflect.get(entity, prop.name) as object);
      if (value instanceof Collection) {
        for (const item of value.getItems(false) as object[]) {
          const owner = owners.get(item);
          if (owner !== undefined) replaceItem(value as Collection<object>, item, owner);
        }
      } else {
        const owner = owners.get(value);
        if (owner !== undefined) pointAt(entity, prop, owner);
      }
    }
}
