import type { EntityMetadata } from '@mikro-orm/core';
import { rowKeyPart } from './entity-state.ts';

/** How many keys go into one query. */
export const maxKeysPerQuery = 10_000;

/** The condition for the rows of entities, by the keys of the rows: an entity may have been assigned another one since. */
export function byKeys(meta: EntityMetadata, entities: readonly object[]): object {
  const [name = ''] = meta.primaryKeys;
  if (!meta.compositePK) return { [name]: { $in: entities.map(entity => rowKeyPart(entity, name)) } };
  return {
    $or: entities.map(entity =>
      Object.fromEntries(meta.primaryKeys.map(key => [key, rowKeyPart(entity, key)])),
    ),
  };
}
