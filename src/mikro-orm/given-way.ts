import { MikroscopeError } from '../errors.ts';
import { nameOf } from './entity-state.ts';
import { successorOf } from './identity-map.ts';
import type { SqlEm } from './orm.ts';
import { notesFor, notesOf } from './own-notes.ts';

/** Notes that a reference left the session because an object of its row was added. */
export function giveWay(em: SqlEm, reference: object): void {
  notesFor(reference).gaveWayIn = em;
}

/**
 * Whoever still holds such a reference means the row by it, and what is assigned there would never be written.
 *
 * @throws MikroscopeError `BadArgument` for one while that other object is in the session
 */
export function assertInPlace(entity: object): void {
  const em = notesOf(entity)?.gaveWayIn;
  if (em === undefined || successorOf(em, entity) === undefined) return;
  throw new MikroscopeError(
    'BadArgument',
    `The session has another object for ${nameOf(entity)} since that was added`,
    'What is assigned to this one would not be written: change that one.',
  );
}
