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
  // PostgreSQL counts characters, not UTF-16 units.
  const size = Array.from(value).length;
  if (size <= length) return;
  throw new MikroscopeError(
    'ValueTooLong',
    `${nameOfProperty(meta, name)} takes at most ${length} characters, and '${value}' has ${size}`,
  );
}

/** MikroORM 7.0 gives NaN to a text without a length. */
function isLimit(length: number | undefined): length is number {
  return Number.isInteger(length);
}
