import type { ChangeSet, EntityProperty } from '@mikro-orm/core';
import { pathOf } from '../entity/properties.ts';
import { MikroscopeError } from '../errors.ts';

/** The length of a date or of a time is something else. */
const TEXT = new Set(['string', 'character', 'varchar', 'char']);

/** PostgreSQL refuses a text that is too long and SQLite stores it; here both refuse, before any SQL. */
export function assertLengths(changes: readonly ChangeSet<object>[]): void {
  for (const { meta, payload } of changes) {
    for (const [name, value] of Object.entries(payload)) {
      const prop = Object.hasOwn(meta.properties, name)
        ? (Reflect.get(meta.properties, name) as EntityProperty)
        : undefined;
      const length = prop?.length;
      if (typeof value !== 'string' || typeof length !== 'number' || !TEXT.has(prop?.type ?? '')) continue;
      // PostgreSQL counts characters, not UTF-16 units.
      const size = Array.from(value).length;
      if (size <= length) continue;
      throw new MikroscopeError(
        'ValueTooLong',
        `${meta.className}.${pathOf(meta, name)} takes at most ${length} characters, and '${value}' has ${size}`,
      );
    }
  }
}
