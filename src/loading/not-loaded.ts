import { Collection } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { metaOf } from '../mikro-orm/entity-state.ts';

/** What a read without waiting says where it would have to wait. */
export function notLoaded(object: object, key: PropertyKey): MikroscopeError {
  const name = object instanceof Collection ? nameOf(object) : `${nameOf(object)}.${String(key)}`;
  return new MikroscopeError(
    'NotLoaded',
    `${name} is not loaded, and a function that is not async cannot wait for the database`,
    'Read it at the prompt first, make the function async, or populate it in the query.',
  );
}

/** What a read of an object outside the session says where it would have to load. */
export function detached(object: object, key: string): MikroscopeError {
  const name = nameOf(object);
  return new MikroscopeError(
    'Detached',
    `${name}.${key} is not loaded, and this ${name} is detached from the session`,
    'merge() gives its managed twin.',
  );
}

function nameOf(object: object): string {
  return object instanceof Collection
    ? `${metaOf(object.owner as object).className}.${object.property.name}`
    : metaOf(object).className;
}
