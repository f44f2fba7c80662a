import type { Expiry } from '../identity-map/expiry.ts';
import { metaOf } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { isRemoved } from '../mikro-orm/staged.ts';
import { ownFor } from './attach.ts';
import { newWith, removingIn } from './cascade.ts';
import { knownToGoWith, unknownReach } from './removal-reach.ts';
import { removeBy, unstageBy } from './take-back-removals.ts';

interface Session {
  readonly em: SqlEm;
  readonly expiry: Expiry;
}

/** Stages the removal of an entity, and of what goes with it, as far as that is known. */
export function removeTogether(session: Session, entity: object): void {
  const isAlone = removingIn(metaOf(entity)).length === 0;
  const going = isAlone ? [] : goingWith(session, entity);
  removeOne(session, entity, entity);
  if (!isAlone) bring(session, entity, going);
}

/**
 * Stages the removal of what goes with an entity, as far as that is known.
 *
 * @param cause what else brings that with it
 * @returns what was not staged before
 */
export function removeAlong(session: Session, entity: object, cause = entity): readonly object[] {
  return bring(session, cause, goingWith(session, entity));
}

function goingWith(session: Session, entity: object): object[] {
  return Array.from(knownToGoWith(session, entity), one => (one === entity ? one : ownFor(session.em, one)));
}

/** What is new and goes with these is unstaged. */
function bring(session: Session, cause: object, going: readonly object[]): readonly object[] {
  const { em } = session;
  const brought = going.filter(one => !isRemoved(em, one));
  for (const one of brought) removeOne(session, cause, one);
  for (const one of newWith(going)) if (!isRemoved(em, one)) unstageBy(em, cause, one);
  return brought;
}

function removeOne(session: Session, cause: object, entity: object): void {
  removeBy(session.em, cause, entity, unknownReach(session, entity) !== undefined);
}
