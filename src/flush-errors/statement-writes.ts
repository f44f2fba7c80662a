import type { EntityMetadata } from '@mikro-orm/core';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { standIn } from '../mikro-orm/stand-in.ts';
import type { AttemptedWrites } from './attempted-writes.ts';

/**
 * What an UPDATE or DELETE writes.
 *
 * @param where the condition of the rows
 * @param values what they are to hold; undefined if they are to be deleted
 */
export function statementWrites(
  em: SqlEm,
  meta: EntityMetadata,
  where: object,
  values?: object,
): AttemptedWrites {
  const change = values === undefined ? 'removed' : 'changed';
  const isOfKeys = values === undefined || meta.primaryKeys.some(name => name in values);
  return {
    written: () => (values === undefined ? [] : [[standIn(em, meta, values), 'changed']]),
    ...(isOfKeys && { rows: { meta, where, change } }),
  };
}
