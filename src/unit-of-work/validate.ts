import type { ChangeSet } from '@mikro-orm/core';
import { inspect } from 'node:util';
import { assertLength, limitedIn } from '../entity/values/length.ts';
import { MikroscopeError } from '../errors.ts';
import { firstInvalidReference } from '../mikro-orm/changed-fields.ts';
import { payloadOf } from '../mikro-orm/class-tables.ts';
import { isEntity, metaOf } from '../mikro-orm/entity-state.ts';

/** @throws MikroscopeError `ValueTooLong`, before any SQL */
export function assertLengths(change: ChangeSet<object>): void {
  const limited = limitedIn(change.meta);
  if (limited.length === 0) return;
  const payload = payloadOf(change);
  for (const prop of limited) assertLength(change.meta, prop, Reflect.get(payload, prop.name));
}

/** @throws MikroscopeError `MissingValue` for a row whose key is taken away, of which SQLite only says that types differ */
export function assertKeys(change: ChangeSet<object>): void {
  const { meta, type } = change;
  if (!type.startsWith('update')) return;
  const payload = payloadOf(change);
  const emptied = meta.primaryKeys.find(name => name in payload && Reflect.get(payload, name) == null);
  if (emptied !== undefined)
    throw new MikroscopeError(
      'MissingValue',
      `${meta.className}.${String(emptied)} has no value, and it needs one`,
    );
}

/** @throws MikroscopeError `BadArgument` that names a relation which holds anything but an entity of its class */
export function assertReferences(entity: object): void {
  const prop = firstInvalidReference(entity);
  if (prop === undefined) return;
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
