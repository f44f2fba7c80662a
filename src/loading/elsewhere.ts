import type { EntityManager, EntityMetadata } from '@mikro-orm/core';
import { hasRow, isLoaded, metaOf, ownerOf } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { byKeys, maxKeysPerQuery } from '../mikro-orm/row-keys.ts';

/** Whether another EntityManager than the session's looks after the row of an entity, as that of `em.fork()`. */
export function isElsewhere(em: SqlEm, entity: object): boolean {
  const owner = ownerOf(entity);
  return owner !== undefined && (owner as unknown) !== em && (hasRow(entity) || !isLoaded(entity));
}

/** Reads references in the transactions of their own EntityManagers. */
export async function loadElsewhere(entities: Iterable<object>): Promise<void> {
  for (const { em, meta, members } of groups(entities))
    await em.find(meta.class, byKeys(meta, members), { flushMode: 'commit', filters: false });
}

/** Reads lazy fields or relations of entities in the transactions of their own EntityManagers. @returns the other entities */
export async function populateElsewhere(
  sessions: SqlEm,
  entities: readonly object[],
  names: readonly string[],
): Promise<object[]> {
  const others = entities.filter(entity => isElsewhere(sessions, entity));
  for (const { em, members } of groups(others)) await em.populate(members, names as never);
  return others.length === 0 ? [...entities] : entities.filter(entity => !others.includes(entity));
}

/** Entities of one class and EntityManager, as many as one query takes. */
interface Group {
  readonly em: EntityManager;
  readonly meta: EntityMetadata;
  readonly members: object[];
}

function* groups(entities: Iterable<object>): Iterable<Group> {
  for (const [em, own] of Map.groupBy(entities, ownerOf))
    for (const [meta, all] of Map.groupBy(own, metaOf))
      for (let i = 0; i < all.length; i += maxKeysPerQuery)
        yield { em: em as EntityManager, meta, members: all.slice(i, i + maxKeysPerQuery) };
}
