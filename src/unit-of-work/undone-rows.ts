import { Collection, Reference } from '@mikro-orm/core';
import { metaOf } from '../mikro-orm/entity-state.ts';
import { successorOf } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { replaceItem } from '../mikro-orm/take-out.ts';
import { pointAt, replaceReferences } from './attach.ts';

/**
 * Has what refers to the rows of objects that have left the session refer to the objects themselves, as it did before they
 * left: these rows are undone, and a reference to one would pass for something that is in the database.
 *
 * @param isKept whether what took the place of an object stays
 */
export function referToLeft(em: SqlEm, left: Iterable<object>, isKept: (successor: object) => boolean): void {
  const owners = new Map<unknown, object>();
  for (const entity of left) {
    const successor = successorOf(em, entity);
    if (successor !== undefined && !isKept(successor)) owners.set(successor, entity);
  }
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
