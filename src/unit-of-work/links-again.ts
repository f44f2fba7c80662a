import { ReferenceKind } from '@mikro-orm/core';
import { collectionsOf, linkAgain, manyToManyIn } from '../mikro-orm/collections.ts';
import { metaOf } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { newEntities } from './cascade.ts';

/** The objects whose rows were deleted, and with them those that linked them to others. */
const unlinked = new WeakSet<object>();

/** Until there is one, none is looked for among thousands of new objects. */
let hasUnlinked = false;

/** Notes that the rows go that link an object to others. */
export function noteUnlinked(entity: object): void {
  if (manyToManyIn(metaOf(entity)).length === 0 || listsOf(entity).every(list => list.isEmpty())) return;
  hasUnlinked = true;
  unlinked.add(entity);
}

/** Notes that they are there again. */
export function forgetUnlinked(entity: object): void {
  if (hasUnlinked) unlinked.delete(entity);
}

/** Has the many-to-many lists of an object that gets another row written as a whole: the rows went with the first one. */
export function relink(entity: object): void {
  if (hasUnlinked && unlinked.delete(entity)) listsOf(entity).forEach(linkAgain);
}

/** Does so for all that a flush would insert. */
export function relinkNew(em: SqlEm): void {
  if (hasUnlinked) newEntities(em).forEach(relink);
}

function listsOf(entity: object): ReturnType<typeof collectionsOf> {
  return collectionsOf(entity).filter(
    list => list.property.kind === ReferenceKind.MANY_TO_MANY && list.isInitialized(),
  );
}
