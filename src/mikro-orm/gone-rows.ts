import { type Collection, type FindOptions, helper } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { hasRow, metaOf, nameOf, rowKeyPart, rowKeyTextOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';
import { findMembers } from './read-members.ts';
import { byKeys, maxKeysPerQuery } from './row-keys.ts';

/** The rows that a flush is to delete: those of entities, and what many-to-many collections have lost. */
export interface Deletions {
  readonly entities: readonly object[];
  readonly collections: readonly Collection<object>[];
}

/** The error for the first row of these that is gone, if there is one. */
export async function firstGone(
  em: SqlEm,
  { entities, collections }: Deletions,
): Promise<MikroscopeError | undefined> {
  const missing = await notFound(em, entities.filter(hasRow));
  return (await firstGoneEntity(em, missing)) ?? firstGoneMember(em, collections);
}

/**
 * The error for the first entity whose row is gone, if there is one: a database may count otherwise, as for a view.
 *
 * @param keyPart what a part of the key of its row is
 */
export async function firstGoneEntity(
  em: SqlEm,
  entities: readonly object[],
  keyPart = rowKeyPart,
): Promise<MikroscopeError | undefined> {
  const fork = em.fork({ keepTransactionContext: true });
  for (const entity of entities) {
    const { __meta: meta } = helper(entity);
    const key = Object.fromEntries(meta.primaryKeys.map(name => [name, keyPart(entity, name)]));
    // The row of another class of its table is not its own.
    if ((await fork.count(meta.class, key, { filters: false })) > 0) continue;
    return stale(entity);
  }
  return undefined;
}

/** Those of which no row has the key, letter by letter. */
export async function notFound(em: SqlEm, entities: readonly object[]): Promise<object[]> {
  const missing: object[] = [];
  for (const [meta, all] of Map.groupBy(entities, entity => metaOf(entity).root)) {
    const options = { ...OPTIONS, fields: meta.primaryKeys } as unknown as FindOptions<object>;
    for (let i = 0; i < all.length; i += maxKeysPerQuery) {
      const chunk = all.slice(i, i + maxKeysPerQuery);
      const rows = await em.find(meta.class, byKeys(meta, chunk), options);
      const found = new Set(rows.map(row => rowKeyTextOf(row)));
      missing.push(...chunk.filter(entity => !found.has(rowKeyTextOf(entity))));
    }
  }
  return missing;
}

const OPTIONS = { disableIdentityMap: true, flushMode: 'commit', filters: false };

async function firstGoneMember(
  em: SqlEm,
  collections: readonly Collection<object>[],
): Promise<MikroscopeError | undefined> {
  for (const [property, all] of Map.groupBy(collections, collection => collection.property)) {
    const found = await findMembers(
      em,
      property,
      all.map(({ owner }) => owner),
    );
    for (const collection of all) {
      const members = new Set(found.get(rowKeyTextOf(collection.owner))?.map(row => rowKeyTextOf(row)));
      const now = new Set<object>(collection.getItems(false));
      const gone = (collection.getSnapshot() ?? []).find(
        member => !now.has(member) && !members.has(rowKeyTextOf(member)),
      );
      if (gone !== undefined) return staleMember(collection, gone);
    }
  }
  return undefined;
}

export function stale(entity: object): MikroscopeError {
  return new MikroscopeError(
    'StaleRow',
    `${nameOf(entity)} was changed or deleted by somebody else since it was read`,
    'Everything is still staged: expunge() it if its row is gone, or rollback().',
  );
}

/** Names the side that has the join table. */
function staleMember({ owner, property }: Collection<object>, member: object): MikroscopeError {
  const { name, mappedBy } = property;
  const [holder, held, list] = mappedBy === undefined ? [owner, member, name] : [member, owner, mappedBy];
  return new MikroscopeError(
    'StaleRow',
    `${nameOf(held)} was taken out of ${list} of ${nameOf(holder)} by somebody else since they were read`,
    `Everything is still staged: expire() the ${metaOf(holder).className} to read them again, or rollback().`,
  );
}
