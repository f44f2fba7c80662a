import type { EntityClass, EntityMetadata } from '@mikro-orm/core';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { replaceMethod } from '../mikro-orm/replace-method.ts';
import { assertKeysUnknown } from './known-keys.ts';

type Delete = (type: EntityClass<object>, where?: object, options?: object) => Promise<number>;
type Update = (
  type: EntityClass<object>,
  where?: object,
  values?: object,
  options?: object,
) => Promise<number>;

interface Follower {
  /** The EntityManager of the session. */
  readonly session: SqlEm;
  /** Whether what is written is known anyway. */
  readonly isKnown: () => boolean;
  /** Called when rows of a class were deleted. */
  readonly deleted: (meta: EntityMetadata) => void | Promise<void>;
}

/**
 * Tells what `nativeDelete()` of an EntityManager deletes, and keeps `nativeUpdate()` from giving other keys to rows that the
 * session has objects for.
 */
export function followNativeWrites(em: SqlEm, { session, isKnown, deleted }: Follower): void {
  replaceMethod<Delete>(em, 'nativeDelete', write => async (type, ...rest) => {
    const count = await write(type, ...rest);
    if (count > 0 && !isKnown()) await deleted(session.getMetadata().get(type));
    return count;
  });
  replaceMethod<Update>(em, 'nativeUpdate', write => async (type, where, values, ...rest) => {
    const meta = session.getMetadata().get(type);
    if (!isKnown()) await assertKeysUnknown({ em, session, call: 'nativeUpdate' }, meta, where, values);
    return write(type, where, values, ...rest);
  });
}
