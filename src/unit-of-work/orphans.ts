import { isForeignKey } from '../mikro-orm/class-tables.ts';
import { hasRow, metaOf, targetOf } from '../mikro-orm/entity-state.ts';
import { otherSide, stageOrphan, unstageOrphan } from '../mikro-orm/orphans.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { revert } from '../mikro-orm/revert.ts';
import { expunge } from './attach.ts';
import { withOwned } from './expunge.ts';
import { isTracked } from './object-states.ts';

/** What becomes of an object that has left the relation that removes its orphans: a row is to go, and none is to come. */
export function settleOrphan(em: SqlEm, entity: object): void {
  if (isTracked(em, entity)) stageOrphan(em, entity);
  else if (!hasRow(entity)) for (const one of withOwned(entity)) expunge(em, one);
}

/** Takes back the changes of an object with a row, and what its relations have made orphans by them. */
export function takeBackFields(em: SqlEm, entity: object): void {
  revert(em, entity);
  // What was given an owner, and taken from that again, has no change.
  for (const prop of metaOf(entity).relations) {
    if (isForeignKey(prop) && otherSide(prop)?.orphanRemoval === true) unstageOrphan(em, entity);
    const target = targetOf(entity, prop);
    if (prop.orphanRemoval === true && target !== undefined) unstageOrphan(em, target);
  }
}
