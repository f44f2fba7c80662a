import { type EntityClass, Reference } from '@mikro-orm/core';
import { inspect } from 'node:util';
import { MikroscopeError } from '../errors.ts';
import { isEntity, metaOf } from '../mikro-orm/entity-state.ts';
import type { MappedClasses } from './mapped-classes.ts';

/**
 * @returns the value, if it is an entity, or the entity that it is a reference to
 * @throws MikroscopeError `BadArgument` that says what it is instead
 */
export function assertEntity(classes: MappedClasses, method: string, value: unknown): object {
  const entity: unknown = Reference.unwrapReference(value as object);
  if (classes.isEntity(entity)) return entity;
  if (isEntity(value)) assertMapped(value);
  const hint = `Write ${method}(user), where user is an entity.`;
  if (classes.isEntityClass(value)) {
    const { name } = value;
    throw new MikroscopeError(
      'BadArgument',
      `${name} is a class; ${method === 'addAll' ? 'add' : method} an instance`,
      `Write new ${name}({ … }).`,
    );
  }
  if (value instanceof Promise) {
    throw new MikroscopeError(
      'BadArgument',
      `${method}() takes an entity, and got a promise of something`,
      'Await it first.',
    );
  }
  throw new MikroscopeError(
    'BadArgument',
    `${method}() takes an entity, and got ${inspect(value, { depth: 0 })}`,
    hint,
  );
}

/** @throws MikroscopeError `BadArgument` for an object of a class that extends that of an entity, and is not mapped itself */
export function assertMapped(entity: object): void {
  const prototype: unknown = Object.getPrototypeOf(entity);
  const meta = metaOf(entity);
  if (prototype !== meta.prototype) throw notMapped((prototype as object).constructor.name, meta.className);
}

function notMapped(name: string, mapped: string): MikroscopeError {
  return new MikroscopeError(
    'BadArgument',
    `${name} has no table: it extends ${mapped}, and is not mapped to the database itself`,
    `Write new ${mapped}({ … }), or map ${name} as an entity that extends ${mapped}.`,
  );
}

/**
 * @returns the value, if it is the class of an entity
 * @throws MikroscopeError `BadArgument` that shows how to write it
 */
export function assertEntityClass<T extends object>(
  session: { isEntityClass(value: unknown): boolean; readonly entities: object },
  method: string,
  value: EntityClass<T>,
  rest = '',
): EntityClass<T> {
  if (session.isEntityClass(value)) return value;
  const parent: unknown = typeof value === 'function' ? Object.getPrototypeOf(value) : undefined;
  if (session.isEntityClass(parent)) throw notMapped(value.name, (parent as EntityClass<object>).name);
  const [name = 'User'] = Object.keys(session.entities);
  throw new MikroscopeError(
    'BadArgument',
    `${method}() takes an entity class`,
    `Write ${method}(${name}${rest}).`,
  );
}
