import { type EntityMetadata, isRaw, Reference, Utils } from '@mikro-orm/core';
import { inspect } from 'node:util';
import { MikroscopeError } from '../errors.ts';
import { isEntity } from './entity-state.ts';
import { entitiesOf } from './identity-map.ts';
import type { SqlEm } from './orm.ts';
import { persistedEntities } from './staged.ts';

/**
 * The data that an object is given, with the objects that the session has in the place of what a `targetKey` names. MikroORM
 * would take that for their key.
 *
 * @throws MikroscopeError `InvalidValue` for what no object of the session has there
 */
export function referByTargetKeys(em: SqlEm, meta: EntityMetadata, data: object): object {
  const read: Record<string, object> = {};
  for (const { name, targetKey, targetMeta } of meta.relations) {
    if (targetKey === undefined || targetMeta === undefined) continue;
    const value: unknown = Reference.unwrapReference(Reflect.get(data, name) as object);
    if (value == null || isEntity(value) || Utils.isPlainObject(value) || isRaw(value)) continue;
    const field = `${meta.className}.${name}`;
    read[name] = find(em, targetMeta, targetKey, value) ?? refuse(field, targetMeta, targetKey, value);
  }
  return Object.keys(read).length === 0 ? data : { ...data, ...read };
}

function find(
  em: SqlEm,
  { root, class: type }: EntityMetadata,
  name: string,
  value: unknown,
): object | undefined {
  for (const all of [entitiesOf(em, root), persistedEntities(em)])
    for (const entity of all)
      if (entity instanceof type && textOf(Reflect.get(entity, name)) === textOf(value)) return entity;
  return undefined;
}

function refuse(field: string, { className }: EntityMetadata, name: string, value: unknown): never {
  throw new MikroscopeError(
    'InvalidValue',
    `${field} is a ${className}, and none in the session has ${name} ${inspect(value)}`,
    `Give it the object: ${className}.query.filterBy({ ${name}: ${inspect(value)} }).one().`,
  );
}

function textOf(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
