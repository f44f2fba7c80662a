import { type EntityMetadata, type FindOptions, helper } from '@mikro-orm/core';
import { metaOf, rowKeyTextOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';
import { byKeys, maxKeysPerQuery } from './row-keys.ts';

/** Gives entities that have a version the one that their rows have now. */
export async function readVersions(em: SqlEm, entities: readonly object[]): Promise<void> {
  for (const [meta, all] of Map.groupBy(entities, metaOf)) {
    const { versionProperty: version } = meta;
    if (version === undefined) continue;
    const rows = await findVersions(em, meta, version, all);
    for (const entity of all) {
      const row = rows.get(rowKeyTextOf(entity));
      if (row !== undefined) copyVersion(em, row, entity, version);
    }
  }
}

/**
 * The versions that rows have now, in objects of their own, by the keys of the rows.
 *
 * @param rowOf as for {@link byKeys}
 */
export async function findVersions(
  em: SqlEm,
  meta: EntityMetadata,
  version: string,
  entities: readonly object[],
  rowOf?: (entity: object) => object | undefined,
): Promise<Map<string, object>> {
  const options = { ...OPTIONS, fields: [...meta.primaryKeys, version] } as unknown as FindOptions<object>;
  const rows = new Map<string, object>();
  for (let i = 0; i < entities.length; i += maxKeysPerQuery) {
    const chunk = entities.slice(i, i + maxKeysPerQuery);
    for (const row of await em.find(meta.class, byKeys(meta, chunk, rowOf), options))
      rows.set(rowKeyTextOf(row), row);
  }
  return rows;
}

const OPTIONS = { disableIdentityMap: true, flushMode: 'commit', filters: false };

function copyVersion(em: SqlEm, row: object, entity: object, version: string): void {
  const wrapped = helper(entity);
  const value: unknown = Reflect.get(row, version);
  // A field that was never filled has no accessor of its own yet, and MikroORM would find no version.
  if (Object.hasOwn(entity, version)) wrapped.__data[version] = value;
  else Reflect.set(entity, version, value);
  const inRow: unknown = Reflect.get(em.getComparator().prepareEntity(row), version);
  Object.assign(wrapped.__originalEntityData ?? {}, { [version]: inRow });
}
