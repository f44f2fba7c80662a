import type { ChangeSet } from '@mikro-orm/core';
import { inspect } from 'node:util';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { assertLength, limitedIn } from '../entity/values/length.ts';
import { MikroscopeError } from '../errors.ts';
import { invalidReferences } from '../mikro-orm/changed-fields.ts';
import { isEntity, metaOf } from '../mikro-orm/entity-state.ts';
import { entitiesIn } from '../mikro-orm/identity-map.ts';
import { isRemoved, persistedEntities } from '../mikro-orm/staged.ts';

/** @throws MikroscopeError `ValueTooLong`, before any SQL */
export function assertLengths(changes: readonly ChangeSet<object>[]): void {
  for (const { meta, payload } of changes)
    for (const prop of limitedIn(meta)) assertLength(meta, prop, Reflect.get(payload, prop.name));
}

/** @throws MikroscopeError `MissingValue` for a row whose key is taken away, of which SQLite only says that types differ */
export function assertKeys(changes: readonly ChangeSet<object>[]): void {
  for (const { meta, payload, type } of changes) {
    const emptied = meta.primaryKeys.find(name => name in payload && Reflect.get(payload, name) == null);
    if (emptied !== undefined && type.startsWith('update'))
      throw new MikroscopeError(
        'MissingValue',
        `${meta.className}.${String(emptied)} has no value, and it needs one`,
      );
  }
}

/** @throws MikroscopeError `BadArgument` that names a relation which holds anything but an entity of its class */
export function assertReferences(em: SqlEm): void {
  for (const entities of [entitiesIn(em), persistedEntities(em)]) {
    for (const entity of entities) {
      const [prop] = isRemoved(em, entity) ? [] : invalidReferences(entity);
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
