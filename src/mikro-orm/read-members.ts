import { type Collection, type EntityMetadata, type FindOptions, ReferenceKind } from '@mikro-orm/core';
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
    const target = property.targetMeta as EntityMetadata;
    const { name } = property;
    const options = {
      populate: [name],
      fields: target.primaryKeys.map(key => `${name}.${key}`),
      disableIdentityMap: true,
      flushMode: 'commit',
      filters: false,
    } as unknown as FindOptions<object>;
    for (let i = 0; i < all.length; i += maxKeysPerQuery) {
      const chunk = all.slice(i, i + maxKeysPerQuery);
      const owners = chunk.map(({ owner }) => owner);
      const { class: type } = metaOf(owners[0] as object);
      const found = await em.find(type, byKeys(metaOf(owners[0] as object), owners), options);
      const members = new Map(
        found.map(row => [rowKeyTextOf(row), Reflect.get(row, name) as Collection<object>]),
      );
      const known = chunk.map(collection => ({
        ...snapshotCollection(collection),
        inDatabase: (members.get(rowKeyTextOf(collection.owner))?.getItems(false) ?? []).map(member =>
          em.getReference(target.class, keyOf(member) as never),
        ),
      }));
      restoreCollections(known, 'before');
    }
  }
}
