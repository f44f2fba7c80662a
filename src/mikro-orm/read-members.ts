import {
  type Collection,
  type EntityMetadata,
  type EntityProperty,
  type FindOptions,
  ReferenceKind,
} from '@mikro-orm/core';
import { restoreCollections, snapshotCollection } from './collections.ts';
import { hasRow, keyOf, metaOf, rowKeyTextOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';
import { byKeys, maxKeysPerQuery } from './row-keys.ts';

/**
 * Finds out what the database has of many-to-many collections that were filled without being loaded. MikroORM would empty
 * them first, and could not do so again after a flush that fails.
 */
export async function readMembers(em: SqlEm, collections: Iterable<Collection<object>>): Promise<void> {
  const unknown = [...collections].filter(
    collection =>
      collection.property.kind === ReferenceKind.MANY_TO_MANY &&
      collection.getSnapshot() === undefined &&
      hasRow(collection.owner),
  );
  for (const [property, all] of Map.groupBy(unknown, collection => collection.property)) {
    const found = await findMembers(
      em,
      property,
      all.map(({ owner }) => owner),
    );
    const target = property.targetMeta as EntityMetadata;
    const known = all.map(collection => ({
      ...snapshotCollection(collection),
      inDatabase: (found.get(rowKeyTextOf(collection.owner)) ?? []).map(member =>
        em.getReference(target.class, keyOf(member) as never),
      ),
    }));
    restoreCollections(known, 'before');
  }
}

/** What the database has of a many-to-many relation, in objects of its own, by the keys of the owners. */
export async function findMembers(
  em: SqlEm,
  { name, targetMeta }: EntityProperty,
  owners: readonly object[],
): Promise<Map<string, readonly object[]>> {
  const options = {
    populate: [name],
    fields: targetMeta?.primaryKeys.map(key => `${name}.${key}`),
    disableIdentityMap: true,
    flushMode: 'commit',
    filters: false,
  } as unknown as FindOptions<object>;
  const found = new Map<string, readonly object[]>();
  for (const [meta, all] of Map.groupBy(owners, metaOf)) {
    for (let i = 0; i < all.length; i += maxKeysPerQuery) {
      const chunk = all.slice(i, i + maxKeysPerQuery);
      for (const row of await em.find(meta.class, byKeys(meta, chunk), options))
        found.set(rowKeyTextOf(row), (Reflect.get(row, name) as Collection<object>).getItems(false));
    }
  }
  return found;
}
