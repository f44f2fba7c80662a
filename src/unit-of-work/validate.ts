import { type ChangeSet, ChangeSetType, Reference } from '@mikro-orm/core';
import { inspect } from 'node:util';
import { assertLength, limitedIn } from '../entity/values/length.ts';
import { MikroscopeError } from '../errors.ts';
import { firstInvalidReference } from '../mikro-orm/changed-fields.ts';
import { isForeignKey, payloadOf } from '../mikro-orm/class-tables.ts';
import { isEntity, metaOf, nameOf } from '../mikro-orm/entity-state.ts';

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

/**
 * @param removed what the same flush deletes
 * @throws MikroscopeError `ForeignKeyViolation` for a row that would go at once with one that it refers to, or not be let in
 */
export function assertStays(
  { entity, meta, type, payload }: ChangeSet<object>,
  removed: ReadonlySet<unknown>,
): void {
  for (const prop of meta.relations) {
    if (!(prop.name in payload) || !isForeignKey(prop)) continue;
    const target: unknown = Reference.unwrapReference(Reflect.get(entity, prop.name));
    if (!removed.has(target)) continue;
    const isNew = type === ChangeSetType.CREATE;
    const isLost =
      prop.primary === true || (isNew && (prop.nullable !== true || prop.deleteRule === 'cascade'));
    if (isLost)
      throw new MikroscopeError(
        'ForeignKeyViolation',
        `${nameOf(target as object)} is to be removed, and ${meta.className}.${String(prop.name)} refers to it`,
      );
  }
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
