import { type EntityMetadata, helper, JsonType, ReferenceKind } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

/** Sets the fields to what they were when last read, as MikroORM's factory does when a row is read again. */
export function revert(em: SqlEm, entity: object): void {
  const wrapped = helper(entity);
  const row = wrapped.__originalEntityData;
  if (row === undefined || !wrapped.__initialized) return;
  for (const { name, kind, ref } of wrapped.__meta.props) {
    // MikroORM reads into the object or reference that is there, and not into anything else.
    const isObject = typeof wrapped.__data[name] === 'object';
    if (!isObject && (kind === ReferenceKind.EMBEDDED || ref === true)) wrapped.__data[name] = undefined;
  }
  const options = { merge: true, refresh: true, convertCustomTypes: true };
  em.getEntityFactory().create(wrapped.__meta.class, asRead(em, wrapped.__meta, row), options);
}

/** MikroORM keeps JSON as text to compare it, even if the driver gives it parsed. */
function asRead(em: SqlEm, meta: EntityMetadata, row: object): Record<string, unknown> {
  const data: Record<string, unknown> = { ...row };
  if (!em.getPlatform().convertsJsonAutomatically()) return data;
  for (const { name, kind, customType } of meta.props) {
    const text = data[name];
    if (kind === ReferenceKind.SCALAR && customType instanceof JsonType && typeof text === 'string')
      data[name] = JSON.parse(text) as unknown;
  }
  return data;
}
