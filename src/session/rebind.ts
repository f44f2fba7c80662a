import type { Collection, EntityClass } from '@mikro-orm/core';
import { hasRow, isEntity, isLoaded, keyPartsOf, keyTextOf, metaOf } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import type { Query } from '../query/query.ts';

/** The session that the rows are looked up in. */
interface Finder {
  readonly em: SqlEm;
  readonly entities: Readonly<Record<string, EntityClass<object>>>;
  query<T extends object>(entity: EntityClass<T>): Query<T>;
  read(object: unknown, key: PropertyKey): unknown;
}

/** As many keys as every database takes in one statement. */
const maxKeysPerQuery = 1000;

/**
 * Finds in this session the entities of another one, by class name and primary key, and their collections. The classes
 * need only have the same names.
 *
 * @returns what was found, by the object of the other session; an object whose class or row is missing is left out
 */
export async function rebind(session: Finder, values: readonly object[]): Promise<Map<object, object>> {
  const collections = values.filter(value => isCollection(value));
  const entities = new Set(values.filter(value => !isCollection(value)));
  for (const { owner } of collections) entities.add(owner);
  const found = new Map<object, object>();
  for (const [name, group] of groups(entities)) {
    const type = session.entities[name];
    if (type === undefined) continue;
    const own = await find(session, type, group);
    for (const entity of group) {
      const match = own.get(keyTextOf(entity));
      if (match) found.set(entity, match);
    }
  }
  for (const collection of collections) {
    const owner = found.get(collection.owner);
    const name = collection.property.name;
    const match: unknown =
      owner && Object.hasOwn(metaOf(owner).properties, name) ? await session.read(owner, name) : undefined;
    if (typeof match === 'object' && match !== null) found.set(collection, match);
  }
  return found;
}

function isCollection(value: object): value is Collection<object> {
  return 'owner' in value && 'property' in value && !isEntity(value);
}

/** The entities that have rows, by the names of their classes. */
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
  for (let start = 0; start < entities.length; start += maxKeysPerQuery) {
    const some = entities.slice(start, start + maxKeysPerQuery);
    const keys = some.map(entity => keyPartsOf(entity));
    const [name = ''] = primaryKeys;
    const conditions =
      primaryKeys.length === 1
        ? { [name]: { $in: keys.map(([key]) => key) } }
        : { $or: keys.map(key => Object.fromEntries(primaryKeys.map((each, index) => [each, key[index]]))) };
    try {
      found.push(...(await session.query(type).filter(conditions).all()));
    } catch {
      // The table does not fit the changed class yet; reading the rows will say so.
      found.push(
        ...keys.map(key => session.em.getReference(type, (key.length === 1 ? key[0] : key) as never)),
      );
    }
  }
  return new Map(found.map(entity => [keyTextOf(entity), entity]));
}
