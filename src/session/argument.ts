import { inspect } from 'node:util';
import { MikroscopeError } from '../errors.ts';
import type { Reader } from './reader.ts';

/**
 * What was given, if it is an entity.
 *
 * @throws MikroscopeError `BadArgument` that says what it is instead
 */
export function addable(reader: Reader, method: string, value: unknown): object {
  if (reader.isEntity(value)) return value;
  const hint = `Write ${method}(user), where user is an entity.`;
  if (reader.isEntityClass(value)) {
    const { name } = value as { name: string };
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
