import type { EntityMetadata } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { nameOf } from '../mikro-orm/entity-state.ts';
import { entitiesOf, sameRowIn } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';

interface Updating {
  /** The EntityManager that writes. */
  readonly em: SqlEm;
  readonly session: SqlEm;
  /** The name of the method that was called. */
  readonly call: string;
}

/**
 * Looks whether an UPDATE is to give another key to a row of which the session has the object: that would stand for a row
 * that is not there any more.
 *
 * @throws MikroscopeError `BadArgument` that names the object
 */
export async function assertKeysUnknown(
  { em, session, call }: Updating,
  meta: EntityMetadata,
  where: object = {},
  values: object = {},
): Promise<void> {
  if (!meta.primaryKeys.some(name => name in values) || isEmpty(entitiesOf(session, meta.root))) return;
  const fields = meta.primaryKeys as never[];
  const rows = await em.find(meta.class, where, { fields, disableIdentityMap: true, flushMode: 'commit' });
  for (const row of rows) {
    const known = sameRowIn(session, row);
    if (known === undefined) continue;
    throw new MikroscopeError(
      'BadArgument',
      `${call}() would change the key of ${nameOf(known)}, which the session has`,
      'Assign the key to the object.',
    );
  }
}

function isEmpty(items: Iterable<unknown>): boolean {
  return items[Symbol.iterator]().next().done === true;
}
