import type { EntityMetadata } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { declaringClass } from '../mikro-orm/class-tables.ts';

/**
 * The class whose table has the columns of all properties that `update()` is to set.
 *
 * @throws MikroscopeError `BadArgument` if they are in several tables, which one UPDATE cannot write
 */
export function tableFor(meta: EntityMetadata, values: object): EntityMetadata {
  const names = Object.keys(values);
  const [first = meta, second] = new Set(
    names.map(name => declaringClass(meta, name.split('.', 1).join(''))),
  );
  if (second === undefined) return first;
  const [one, other] = [first, second].map(table => names.find(name => declaringClass(meta, name) === table));
  throw new MikroscopeError(
    'BadArgument',
    `update() cannot set ${meta.className}.${one} and ${meta.className}.${other}: they are in two tables`,
    'Write an update() for each.',
  );
}
