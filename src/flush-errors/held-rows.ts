import { type EntityMetadata, type EntityProperty, Reference } from '@mikro-orm/core';
import { isForeignKey } from '../mikro-orm/class-tables.ts';
import { keyOf, nameOf } from '../mikro-orm/entity-state.ts';
import { nameOfProperty } from '../entity/values/values.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { referringProperties } from '../mikro-orm/referrers.ts';
import type { AttemptedRows } from './attempted-writes.ts';

/** How many rows are looked at. */
const MOST = 100;

/** No database says so in our words: which row cannot be removed, or have another key, as another one refers to it. */
export async function heldRow(
  em: SqlEm,
  { change, meta, where }: AttemptedRows,
): Promise<string | undefined> {
  for (const { meta: other, prop } of referringProperties(meta)) {
    if (!isForeignKey(prop) || isFollowing(prop, change)) continue;
    const row = await referredBy(em, meta, other, prop, where);
    if (row === undefined) continue;
    const field = nameOfProperty(other, prop.name);
    return change === 'removed'
      ? `${nameOf(row)} cannot be removed: ${field} still refers to it`
      : `The key of ${nameOf(row)} cannot change: ${field} refers to it, and has no updateRule('cascade')`;
  }
  return undefined;
}

/** Whether the database lets the column follow the row that it refers to. */
function isFollowing({ deleteRule, updateRule }: EntityProperty, change: AttemptedRows['change']): boolean {
  const rule = change === 'removed' ? deleteRule : updateRule;
  return rule === 'cascade' || rule === 'set null';
}

/** One of the first of these rows that a row which stays refers to. */
async function referredBy(
  em: SqlEm,
  meta: EntityMetadata,
  other: EntityMetadata,
  prop: EntityProperty,
  where: object,
): Promise<object | undefined> {
  const fork = em.fork({ keepTransactionContext: true, clear: true });
  const options = { filters: false, limit: MOST } as const;
  const rows = await fork.find(meta.class, where, options);
  const keys = rows.map(row => keyOf(row));
  const referrers = await fork.find(other.class, { [prop.name]: { $in: keys } }, options);
  const staying = referrers.find(one => !rows.includes(one));
  const target: unknown = staying && Reference.unwrapReference(Reflect.get(staying, prop.name) as object);
  return typeof target === 'object' && target !== null ? target : undefined;
}
