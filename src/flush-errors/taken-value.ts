import { inspect } from 'node:util';
import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import { isSpread, tablesOf } from '../mikro-orm/class-tables.ts';
import { isEntity, metaOf, rowKeyTextOf, shownKeyOf } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { valueAt } from '../entity/properties.ts';
import type { AttemptedWrite } from './attempted-writes.ts';

/** How many objects are looked for at once by several fields: SQLite takes no deeper conditions. */
const MOST = 200;

/**
 * Which value is taken, as SQLite does not say it: one that two of the written entities share, or else one that a row has.
 *
 * @param written to the table
 * @param table where the value is taken
 * @param fields that are unique together
 */
export async function takenValue(
  em: SqlEm,
  written: readonly AttemptedWrite[],
  table: string,
  fields: readonly string[],
): Promise<string | undefined> {
  const owners = new Map<string, AttemptedWrite>();
  for (const [entity, change] of written) {
    const value = textOf(entity, fields);
    if (value === undefined) continue;
    if (owners.has(value)) return value;
    owners.set(value, [entity, change]);
  }
  const [first] = written;
  if (first === undefined || owners.size === 0) return undefined;
  if (owners.size === 1) return [...owners.keys()][0];
  const entities = [...owners.values()].map(([entity]) => entity);
  const [field = '', ...others] = fields;
  if (others.length > 0 && entities.length > MOST) return undefined;
  const condition =
    others.length === 0
      ? at(field, { $in: entities.map(entity => valueAt(entity, field)) })
      : { $or: entities.map(entity => ({ $and: fields.map(each => at(each, valueAt(entity, each))) })) };
  const fork = em.fork({ keepTransactionContext: true });
  // Other classes that share a table, or have a part of it, share its values, and so do rows that a filter hides.
  for (const row of await fork.find(holderOf(metaOf(first[0]), table).class, condition, { filters: false })) {
    const value = textOf(row, fields) ?? '';
    const [owner, change] = owners.get(value) ?? [];
    // An entity does not collide with its own row.
    if (owner !== undefined && (change === 'new' || rowKeyTextOf(owner) !== rowKeyTextOf(row))) return value;
  }
  return undefined;
}

/** The class whose rows are all that are in a table. */
function holderOf(meta: EntityMetadata, table: string): EntityMetadata {
  return isSpread(meta) ? (tablesOf(meta).find(({ tableName }) => tableName === table) ?? meta) : meta.root;
}

function at(path: string, condition: unknown): object {
  return path.split('.').reduceRight((inner, name) => ({ [name]: inner }), condition) as object;
}

function textOf(entity: object, fields: readonly string[]): string | undefined {
  const { properties } = metaOf(entity);
  const texts = fields.map(field => {
    const value: unknown = valueAt(entity, field);
    const { targetMeta } = (Reflect.get(properties, field) ?? {}) as Partial<EntityProperty>;
    // What MikroORM inserts without an object has the parts of a key.
    const parts = targetMeta === undefined ? [value] : [value].flat(Infinity);
    const shown = parts.map(text);
    return shown.includes(undefined) ? undefined : shown.join(', ');
  });
  return texts.includes(undefined) ? undefined : texts.join(', ');
}

function text(value: unknown): string | undefined {
  if (value == null) return undefined;
  if (isEntity(value)) return shownKeyOf(value);
  return typeof value === 'string' ? value : inspect(value);
}
