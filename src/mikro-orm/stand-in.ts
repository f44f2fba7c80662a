import { type EntityMetadata, type EntityProperty, isRaw } from '@mikro-orm/core';
import { isForeignKey } from './class-tables.ts';
import { isEntity } from './entity-state.ts';
import type { SqlEm } from './orm.ts';

/** An object that holds what a statement was to write, and is in no unit of work: a relation by its key is what it refers to. */
export function standIn(em: SqlEm, meta: EntityMetadata, data: object): object {
  const fork = em.fork({ clear: true });
  const entity = Object.create(meta.prototype) as object;
  for (const [name, value] of Object.entries(data)) {
    if (isRaw(value)) continue;
    const prop = Reflect.get(meta.properties, name) as EntityProperty | undefined;
    const { targetMeta, mapToPk } = prop ?? {};
    // A key of several columns is a list, too.
    const isOne =
      prop !== undefined && targetMeta !== undefined && (!Array.isArray(value) || isForeignKey(prop));
    const isKey = isOne && value != null && mapToPk !== true && !isEntity(value);
    Object.defineProperty(entity, name, {
      value: isKey ? fork.getReference(targetMeta.class, value as never) : value,
      enumerable: true,
    });
  }
  return entity;
}
