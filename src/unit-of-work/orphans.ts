import { hasRow } from '../mikro-orm/entity-state.ts';
import { stageOrphan } from '../mikro-orm/orphans.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { expunge, withOwned } from './attach.ts';
import { isTracked } from './object-states.ts';

/** What becomes of an object that has left the relation that removes its orphans: a row is to go, and none is to come. */
export function settleOrphan(em: SqlEm, entity: object): void {
  if (isTracked(em, entity)) stageOrphan(em, entity);
  else if (!hasRow(entity)) for (const one of withOwned(entity)) expunge(em, one);
}
