import type { EntityMetadata } from '@mikro-orm/core';
import { metaOf, rowKeyPart } from './entity-state.ts';

/** How many keys go into one query. */
export const maxKeysPerQuery = 10_000;

/** The key of the row of an entity; of several parts a list of them. */
export function rowKeyOf(entity: object): unknown {
  const parts = metaOf(entity).primaryKeys.map(name => rowKeyPart(entity, name));
  return parts.length === 1 ? parts[0] : parts;
}

/**
 * The condition for the rows of entities, by the keys of the rows: an entity may have been assigned another one since.
 *
 * @param rowOf what the row of an entity holds, where that is not what the entity knows
 */
export function byKeys(
  meta: EntityMetadata,
  entities: readonly object[],
  rowOf?: (entity: object) => object | undefined,
): object {
  const [name = ''] = meta.primaryKeys;
  const part = (entity: object, key: string) => rowKeyPart(entity, key, rowOf?.(entity));
  if (!meta.compositePK) return { [name]: { $in: entities.map(entity => part(entity, name)) } };
  return {
    $or: entities.map(entity => Object.fromEntries(meta.primaryKeys.map(key => [key, part(entity, key)]))),
  };
}
