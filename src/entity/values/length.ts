import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import { MikroscopeError } from '../../errors.ts';
import { nameOfProperty } from './values.ts';

/** The types whose length is a number of characters; the length of a time is a number of digits. */
const TEXT = new Set(['string', 'character', 'varchar', 'char']);

/** @throws MikroscopeError `ValueTooLong`: PostgreSQL would refuse the text, and SQLite would store it */
export function assertLength(
  meta: EntityMetadata,
  { name, length, type }: EntityProperty,
  value: unknown,
): void {
  if (typeof value !== 'string' || !isLimit(length) || !TEXT.has(type)) return;
  // PostgreSQL counts characters, of which there are no more than UTF-16 units.
  if (value.length <= length) return;
  const size = Array.from(value).length;
  if (size <= length) return;
  throw new MikroscopeError(
    'ValueTooLong',
    `${nameOfProperty(meta, name)} takes at most ${length} characters, and '${value}' has ${size}`,
  );
}

const limited = new WeakMap<EntityMetadata, readonly EntityProperty[]>();

/** The properties of a class whose text has a limit. */
export function limitedIn(meta: EntityMetadata): readonly EntityProperty[] {
  const known = limited.get(meta);
  if (known !== undefined) return known;
  const found = meta.props.filter(({ length, type }) => isLimit(length) && TEXT.has(type));
  limited.set(meta, found);
  return found;
}

/** MikroORM 7.0 gives NaN to a text without a length. */
function isLimit(length: number | undefined): length is number {
  return Number.isInteger(length);
}
