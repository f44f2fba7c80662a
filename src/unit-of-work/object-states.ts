import type { Expiry } from '../identity-map/expiry.ts';
import { hasRow, isManagedBy, ownerOf } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { isPersisted, isRemoved } from '../mikro-orm/staged.ts';
import { newEntities } from './cascade.ts';

/*
 * The states of an object in a session. Names and meanings are SQLAlchemy's (`orm/state.py`); an object that no other
 * session looks after is in exactly one of the first five.
 *
 * | state      | has a row | the session                   | comes from                         | the next flush |
 * | ---------- | --------- | ----------------------------- | ---------------------------------- | -------------- |
 * | transient  | no        | does not know it              | new, expunge(), rollback()         | –              |
 * | pending    | no        | will insert it                | add(), or reached from such a one  | inserts it     |
 * | persistent | yes       | tracks it                     | a flush, a query                   | updates it     |
 * | deleted    | yes       | will delete it                | remove(), or cascaded from there   | deletes it     |
 * | detached   | yes       | tracks it no longer           | expunge(), dropAll()               | –              |
 * | expired    | yes       | reads it again when looked at | commit(), rollback(), expire()     | as persistent  |
 *
 * In SQLAlchemy an object is deleted from the flush on, and detached from the commit on. Here it is deleted from
 * remove() on; after the flush it has no row and is transient, so that add() inserts it again.
 */

export function isTransient(em: SqlEm, entity: object): boolean {
  return !hasRow(entity) && !isPending(em, entity);
}

/** Walks all that is staged and loaded, unless the entity itself was added. */
export function isPending(em: SqlEm, entity: object): boolean {
  if (hasRow(entity)) return false;
  return isPersisted(em, entity) || newEntities(em).includes(entity);
}

export function isPersistent(em: SqlEm, entity: object): boolean {
  return isTracked(em, entity) && !isRemoved(em, entity);
}

export function isDeleted(em: SqlEm, entity: object): boolean {
  return hasRow(entity) && isRemoved(em, entity);
}

/** What another session tracks is persistent there, and not detached. */
export function isDetached(em: SqlEm, entity: object): boolean {
  return hasRow(entity) && ownerOf(entity) === undefined && !isRemoved(em, entity);
}

/** Whether the row may hold other values than the entity does. */
export function isExpired({ em, expiry }: { em: SqlEm; expiry: Expiry }, entity: object): boolean {
  return !expiry.isFresh(entity) && isTracked(em, entity);
}

/** Whether the session looks after the row: the entity is persistent, or deleted and not detached before. */
export function isTracked(em: SqlEm, entity: object): boolean {
  return isManagedBy(em, entity) && hasRow(entity);
}
