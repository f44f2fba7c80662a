import { Collection } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { metaOf } from '../mikro-orm/entity-state.ts';

/** The error of a read that would have to wait, in code that cannot. */
export function notLoaded(object: object, key: PropertyKey = ''): MikroscopeError {
  const name = object instanceof Collection ? nameOf(object) : `${nameOf(object)}.${String(key)}`;
  return new MikroscopeError(
    'NotLoaded',
    `${name} is not loaded, and what calls this code cannot wait for the database`,
    'Read it before, and hand over the values; or populate it in the query.',
  );
}

/** The error of a read that would have to load something of a detached object. */
export function detached(object: object, key: string): MikroscopeError {
  const name = nameOf(object);
  return new MikroscopeError(
    'Detached',
    `${name}.${key} is not loaded, and this ${name} is detached from the session`,
    'merge() copies it into the session.',
  );
}

/** The error of a read that would have to load something of a row that the open transaction deleted. */
export function rowDeleted(object: object, key: string): MikroscopeError {
  return new MikroscopeError(
    'ObjectDeleted',
    `${nameOf(object)}.${key} is not loaded, and its row is deleted`,
    'rollback() brings it back.',
  );
}

function nameOf(object: object): string {
  return object instanceof Collection
    ? `${metaOf(object.owner as object).className}.${object.property.name}`
    : metaOf(object).className;
}
