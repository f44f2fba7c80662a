import { type FindOptions, helper } from '@mikro-orm/core';
import { metaOf, rowKeyTextOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';
import { byKeys, maxKeysPerQuery } from './row-keys.ts';

/** Gives entities that have a version the one that their rows have now. */
export async function readVersions(em: SqlEm, entities: readonly object[]): Promise<void> {
  for (const [meta, all] of Map.groupBy(entities, metaOf)) {
    const { versionProperty: version, primaryKeys } = meta;
    if (version === undefined) continue;
    const options = { ...OPTIONS, fields: [...primaryKeys, version] } as unknown as FindOptions<object>;
    for (let i = 0; i < all.length; i += maxKeysPerQuery) {
      const chunk = all.slice(i, i + maxKeysPerQuery);
      const found = await em.find(meta.class, byKeys(meta, chunk), options);
      const rows = new Map(found.map(row => [rowKeyTextOf(row), row]));
      for (const entity of chunk) {
        const row = rows.get(rowKeyTextOf(entity));
        if (row !== undefined) copyVersion(em, row, entity, version);
      }
    }
  }
}

const OPTIONS = { disableIdentityMap: true, flushMode: 'commit', filters: false };

function copyVersion(em: SqlEm, row: object, entity: object, version: string): void {
  const wrapped = helper(entity);
  wrapped.__data[version] = Reflect.get(row, version);
  const inRow: unknown = Reflect.get(em.getComparator().prepareEntity(row), version);
  Object.assign(wrapped.__originalEntityData ?? {}, { [version]: inRow });
}
