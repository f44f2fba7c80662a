import type { EntityClass } from '@mikro-orm/core';
import { inspect } from 'node:util';
import { MikroscopeError } from '../errors.ts';
import type { MappedClasses } from './mapped-classes.ts';

/**
 * @returns the value, if it is an entity
 * @throws MikroscopeError `BadArgument` that says what it is instead
 */
export function assertEntity(classes: MappedClasses, method: string, value: unknown): object {
  if (classes.isEntity(value)) return value;
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
  const [name = 'User'] = Object.keys(session.entities);
  throw new MikroscopeError(
    'BadArgument',
    `${method}() takes an entity class`,
    `Write ${method}(${name}${rest}).`,
  );
}
