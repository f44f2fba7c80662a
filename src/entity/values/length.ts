import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import { MikroscopeError } from '../../errors.ts';
import { perClass } from '../../mikro-orm/per-class.ts';
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

/** The properties of a class whose text has a limit. */
export const limitedIn = perClass((meta): readonly EntityProperty[] =>
  meta.props.filter(({ length, type }) => isLimit(length) && TEXT.has(type)),
);

/** MikroORM 7.0 gives NaN to a text without a length. */
function isLimit(length: number | undefined): length is number {
  return Number.isInteger(length);
}
