import type { EntityClass, EntityMetadata } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { isEntity, metaOf, nameOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';

/**
 * Of classes that share a table, `em.upsert()` may come to the row of another one, which it can neither write nor read.
 *
 * @throws MikroscopeError `BadArgument` if a row with one of the keys given is of another class
 */
export async function assertOfClass(em: SqlEm, type: unknown, rows: readonly object[]): Promise<void> {
  const [first] = rows;
  const meta =
    first !== undefined && isEntity(first)
      ? metaOf(first)
      : em.getMetadata().find(type as EntityClass<object>);
  if (meta?.root.discriminatorColumn === undefined) return;
  const conditions = rows.flatMap(row => keysIn(meta, row));
  if (conditions.length === 0) return;
  const found = await em.find(meta.root.class, { $or: conditions }, OPTIONS as never);
  const other = found.find(each => !(each instanceof meta.class));
  if (other === undefined) return;
  throw new MikroscopeError(
    'BadArgument',
    `em.upsert() cannot make ${nameOf(other)} a ${meta.className}: its row has a key that was given`,
    `remove() it and commit() first, or give ${meta.className} another key.`,
  );
}

const OPTIONS = { disableIdentityMap: true, flushMode: 'commit', filters: false };

/** The conditions for the rows that have one of the keys of a row that is given. */
function keysIn(meta: EntityMetadata, row: object): object[] {
  const uniques = meta.props.flatMap(({ name, unique }) => (unique ? [[name]] : []));
  const several = meta.uniques.flatMap(({ properties }) =>
    properties === undefined ? [] : [[properties].flat()],
  );
  return [meta.primaryKeys, ...uniques, ...several].flatMap(names => {
    const values = names.map(name => [name, Reflect.get(row, name)] as const);
    return values.every(([, value]) => value != null) ? [Object.fromEntries(values)] : [];
  });
}
