import type { EntityProperty } from '@mikro-orm/core';
import { hasRow, isFieldKnown, metaOf } from '../mikro-orm/entity-state.ts';

/** Whether the row of an entity has a field that nobody set or read: the INSERT left its column to the database. */
export function isUnset(entity: object, name: string): boolean {
  if (Reflect.get(entity, name) !== undefined || !hasRow(entity) || isFieldKnown(entity, name)) return false;
  const { properties } = metaOf(entity);
  return Object.hasOwn(properties, name) && isReadWithRow(Reflect.get(properties, name));
}

/** The column of the other side of a one-to-one relation is in another row. */
function isReadWithRow({ lazy, persist, formula, mappedBy }: EntityProperty): boolean {
  return lazy !== true && (persist !== false || formula !== undefined) && mappedBy === undefined;
}
