import { forgetUnlinked, noteUnlinked } from './links-again.ts';
import { noteUnread } from './unread-fields.ts';

/**
 * The objects whose rows the session has deleted, and whether that is committed. Without it they could not be told from
 * new ones: MikroORM forgets after a DELETE that an object had a row.
 */
const deletions = new WeakMap<object, 'flushed' | 'committed'>();

/** Until there is one, none is looked for among thousands of new objects. */
let hasDeletions = false;

/** How far the deletion of an object's row has come; undefined for an object whose row was not deleted. */
export function deletionOf(entity: object): 'flushed' | 'committed' | undefined {
  return deletions.get(entity);
}

/** Notes that the flush under way deletes the row of an object. */
export function noteDeletion(entity: object): void {
  hasDeletions = true;
  noteUnread(entity);
  noteUnlinked(entity);
  deletions.set(entity, 'flushed');
}

/** Notes that a deletion is committed. */
export function settleDeletion(entity: object): void {
  hasDeletions = true;
  deletions.set(entity, 'committed');
}

/** Makes an object one that never had a row, as one that is added again, or whose deletion is undone. */
export function forgetDeletion(entity: object): void {
  if (!hasDeletions) return;
  deletions.delete(entity);
  forgetUnlinked(entity);
}
