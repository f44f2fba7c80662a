import type { Collection, EntityClass } from '@mikro-orm/core';
import { hasRow, isEntity, isLoaded, keyPartsOf, keyTextOf, metaOf } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import type { Query } from '../query/query.ts';

/** The session in which the rows are to be found. */
interface Finder {
  readonly em: SqlEm;
  readonly entities: Readonly<Record<string, EntityClass<object>>>;
  query<T extends object>(entity: EntityClass<T>): Query<T>;
  read(object: unknown, key: PropertyKey): unknown;
}

/** As many keys as every database takes in one statement. */
const batch = 1000;

/**
 * Finds entities and collections of another session again: the same rows, by their primary keys, and the relations of
 * these. The classes may be other ones of the same names.
 *
 * @returns what was found, by what it was; without those whose class or row is not there
 */
export async function rebind(session: Finder, values: readonly object[]): Promise<Map<object, object>> {
  const collections = values.filter(value => isCollection(value));
  const entities = new Set(values.filter(value => !isCollection(value)));
  for (const { owner } of collections) entities.add(owner);
  const found = new Map<object, object>();
  for (const [name, group] of groups(entities)) {
    const type = session.entities[name];
    if (type === undefined) continue;
    const twins = await find(session, type, group);
    for (const entity of group) {
      const twin = twins.get(keyTextOf(entity));
      if (twin) found.set(entity, twin);
    }
  }
  for (const collection of collections) {
    const owner = found.get(collection.owner);
    const name = collection.property.name;
    const twin: unknown =
      owner && Object.hasOwn(metaOf(owner).properties, name) ? await session.read(owner, name) : undefined;
    if (typeof twin === 'object' && twin !== null) found.set(collection, twin);
  }
  return found;
}

function isCollection(value: object): value is Collection<object> {
  return 'owner' in value && 'property' in value && !isEntity(value);
}

/** What has a row, by the names of the classes. */
function groups(entities: Iterable<object>): Map<string, object[]> {
  const all = new Map<string, object[]>();
  for (const entity of entities) {
    if (!hasRow(entity) && isLoaded(entity)) continue;
    const { className } = metaOf(entity);
    all.set(className, [...(all.get(className) ?? []), entity]);
  }
  return all;
}

async function find(
  session: Finder,
  type: EntityClass<object>,
  entities: readonly object[],
): Promise<Map<string, object>> {
  const { primaryKeys } = session.em.getMetadata(type);
  const [first] = entities;
  if (first === undefined || String(metaOf(first).primaryKeys) !== String(primaryKeys)) return new Map();
  const found: object[] = [];
  for (let start = 0; start < entities.length; start += batch) {
    const some = entities.slice(start, start + batch);
    const keys = some.map(entity => keyPartsOf(entity));
    const [name = ''] = primaryKeys;
    const conditions =
      primaryKeys.length === 1
        ? { [name]: { $in: keys.map(([key]) => key) } }
        : { $or: keys.map(key => Object.fromEntries(primaryKeys.map((each, index) => [each, key[index]]))) };
    try {
      found.push(...(await session.query(type).filter(conditions).all()));
    } catch {
      // The table is not what the changed class wants it to be, yet: whoever looks at them is told.
      found.push(
        ...keys.map(key => session.em.getReference(type, (key.length === 1 ? key[0] : key) as never)),
      );
    }
  }
  return new Map(found.map(entity => [keyTextOf(entity), entity]));
}
