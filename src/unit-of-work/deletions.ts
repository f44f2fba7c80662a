import { notesFor, notesOf } from '../mikro-orm/own-notes.ts';
import { forgetUnlinked, noteUnlinked } from './links-again.ts';
import { noteUnread } from './unread-fields.ts';

/*
 * Whether the session has deleted the row of an object, and whether that is committed. Without it the object could not be told
 * from a new one: MikroORM forgets after a DELETE that an object had a row.
 */

/** Until there is one, none is looked for among thousands of new objects. */
let hasDeletions = false;

/** How far the deletion of an object's row has come; undefined for an object whose row was not deleted. */
export function deletionOf(entity: object): 'flushed' | 'committed' | undefined {
  return notesOf(entity)?.deletion;
}

/** Notes that the flush under way deletes the row of an object. */
export function noteDeletion(entity: object): void {
  hasDeletions = true;
  noteUnread(entity);
  noteUnlinked(entity);
  notesFor(entity).deletion = 'flushed';
}

/** Notes that a deletion is committed. */
export function settleDeletion(entity: object): void {
  hasDeletions = true;
  notesFor(entity).deletion = 'committed';
}

/** Makes an object one that never had a row, as one that is added again, or whose deletion is undone. */
export function forgetDeletion(entity: object): void {
  if (!hasDeletions) return;
  if (deletionOf(entity) !== undefined) notesFor(entity).deletion = undefined;
  forgetUnlinked(entity);
}
