import { type EntityProperty, helper } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';

/** Whether the database computes a column. An identity column counts, and may take what it is given. */
export function isComputed({ generated, primary }: EntityProperty): boolean {
  const isIdentity = typeof generated === 'string' && /identity/i.test(generated);
  return generated !== undefined && primary !== true && !isIdentity;
}

/** @throws MikroscopeError `BadArgument` for a field that the database computes: MikroORM would write nothing of it, and say nothing */
export function assertWritten(entity: object, name: string): void {
  const { className, properties } = helper(entity).__meta;
  if (!isComputed(Reflect.get(properties, name))) return;
  throw new MikroscopeError(
    'BadArgument',
    `${className}.${name} is computed by the database and cannot be assigned`,
    'Assign what it is computed from.',
  );
}
