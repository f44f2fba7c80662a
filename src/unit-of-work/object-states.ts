import { MikroscopeError } from '../errors.ts';
import type { Expiry } from '../identity-map/expiry.ts';
import { hasRow, isLetGoBy, isManagedBy, metaOf, ownerOf } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { isPersisted, isRemoved } from '../mikro-orm/staged.ts';
import { newEntities } from './cascade.ts';
import { deletionOf } from './deletions.ts';

/*
 * The states of an object in a session. Names and meanings are SQLAlchemy's (`orm/state.py`); an object that no other
 * session tracks is in exactly one of the first five.
 *
 * | state      | has a row | the session                   | comes from                           | the next flush |
 * | ---------- | --------- | ----------------------------- | ------------------------------------ | -------------- |
 * | transient  | no        | does not know it              | new, expunge(), rollback()           | –              |
 * | pending    | no        | will insert it                | add(), or reached from a pending one | inserts it     |
 * | persistent | yes       | tracks it                     | a flush, a query                     | updates it     |
 * | deleted    | until the | deletes it                    | remove(), or cascaded from there     | deletes it     |
 * |            | flush     |                               |                                      |                |
 * | detached   | had one   | tracks it no longer           | expunge(); commit() of a deletion;   | –              |
 * |            |           |                               | dropAll()                            |                |
 * | expired    | yes       | reads it again when looked at | commit(), rollback(), expire()       | as persistent  |
 *
 * They differ from SQLAlchemy's in five ways. An object is deleted from remove() on, and not only from the flush on.
 * add() makes one that is deleted and flushed, or detached by the commit of its deletion, pending again; SQLAlchemy asks
 * for make_transient() first. What is to be removed and is then linked to something of the session stays. dropAll() leaves objects detached, as it empties the session; those of SQLAlchemy's
 * drop_all() stay persistent, and the next look at one fails. Lists that have an object, and what is in a list of its own,
 * let go of it at remove(), and not only at the flush.
 */

/** Whether an object has no row, had none that was deleted, and is not to get one. */
export function isTransient(em: SqlEm, entity: object): boolean {
  return !hasRow(entity) && deletionOf(entity) === undefined && !isPending(em, entity);
}

/** Walks all that is staged and loaded, unless the entity itself was added. */
export function isPending(em: SqlEm, entity: object): boolean {
  if (hasRow(entity)) return false;
  return (isPersisted(em, entity) && !isRemoved(em, entity)) || newEntities(em).includes(entity);
}

/** Whether the session tracks the row of an object, and is not to delete it. */
export function isPersistent(em: SqlEm, entity: object): boolean {
  return isTracked(em, entity) && !isRemoved(em, entity);
}

/** Whether the next flush deletes the row of an object, or the open transaction has. */
export function isDeleted(em: SqlEm, entity: object): boolean {
  return hasRow(entity) ? isRemoved(em, entity) : deletionOf(entity) === 'flushed' && !isPending(em, entity);
}

/** What another session tracks is persistent there, and not detached. */
export function isDetached(em: SqlEm, entity: object): boolean {
  return hasRow(entity)
    ? (ownerOf(entity) === undefined || isLetGoBy(em, entity)) && !isRemoved(em, entity)
    : deletionOf(entity) === 'committed' && !isPending(em, entity);
}

/** Whether the row may give other values than the entity has. */
export function isExpired({ em, expiry }: { em: SqlEm; expiry: Expiry }, entity: object): boolean {
  return (!expiry.isFresh(entity) || expiry.hasExpiredFormulas(entity)) && isTracked(em, entity);
}

/** Whether the session looks after the row: the entity is persistent, or deleted and not detached before. */
export function isTracked(em: SqlEm, entity: object): boolean {
  return isManagedBy(em, entity) && hasRow(entity);
}

/** @throws MikroscopeError `Detached` for what the session does not look after */
export function assertTracked(em: SqlEm, entity: object): void {
  if (isTracked(em, entity)) return;
  throw new MikroscopeError(
    'Detached',
    `This ${metaOf(entity).className} is not in the session`,
    'add() it, or merge() it if it is detached.',
  );
}
