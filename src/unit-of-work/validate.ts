import type { ChangeSet, EntityProperty } from '@mikro-orm/core';
import { inspect } from 'node:util';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { pathOf } from '../entity/properties.ts';
import { MikroscopeError } from '../errors.ts';
import { invalidReference } from '../mikro-orm/changed-fields.ts';
import { isEntity, metaOf } from '../mikro-orm/entity-state.ts';
import { entitiesIn } from '../mikro-orm/identity-map.ts';
import { persistedEntities } from '../mikro-orm/staged.ts';

/** The types whose length is a number of characters; the length of a time is a number of digits. */
const TEXT = new Set(['string', 'character', 'varchar', 'char']);

/** @throws MikroscopeError `ValueTooLong`, before any SQL: PostgreSQL would refuse the text, and SQLite would store it */
export function assertLengths(changes: readonly ChangeSet<object>[]): void {
  for (const { meta, payload } of changes) {
    for (const [name, value] of Object.entries(payload)) {
      const prop = Object.hasOwn(meta.properties, name)
        ? (Reflect.get(meta.properties, name) as EntityProperty)
        : undefined;
      const length = prop?.length;
      if (typeof value !== 'string' || !isLimit(length) || !TEXT.has(prop?.type ?? '')) continue;
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

/** MikroORM 7.0 gives NaN to a text without a length. */
function isLimit(length: number | undefined): length is number {
  return Number.isInteger(length);
}

/** @throws MikroscopeError `BadArgument` that names a relation which holds anything but an entity of its class */
export function assertReferences(em: SqlEm): void {
  for (const entities of [entitiesIn(em), persistedEntities(em)]) {
    for (const entity of entities) {
      const prop = invalidReference(entity);
      if (prop === undefined) continue;
      const { className } = metaOf(entity);
      const value: unknown = Reflect.get(entity, prop.name);
      const shown = isEntity(value)
        ? `a ${metaOf(value).className}`
        : inspect(value, { depth: 0, breakLength: Infinity });
      throw new MikroscopeError(
        'BadArgument',
        `${className}.${prop.name} takes a ${prop.targetMeta?.className}, and holds ${shown}`,
      );
    }
  }
}
