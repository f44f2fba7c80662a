import { type Collection, ReferenceKind } from '@mikro-orm/core';
import { keyText, rowKeyTextOf, rowSnapshotOf } from './entity-state.ts';

/**
 * The lists of which not everything is written by now. MikroORM writes the column of a one-to-many list twice where the list
 * has a member that was never loaded: with each row, and for all rows once more, which makes their versions others.
 */
export function unwrittenLists(lists: Iterable<Collection<object>>): Collection<object>[] {
  return [...lists].filter(list => {
    const known = list.getSnapshot();
    if (list.property.kind !== ReferenceKind.ONE_TO_MANY || known === undefined) return true;
    const before = new Set(known);
    return list.getItems(false).some(item => !before.has(item) && !namesOwner(item, list));
  });
}

/** Whether the row of a member is known to name the owner of the list. */
function namesOwner(item: object, { owner, property: { mappedBy } }: Collection<object>): boolean {
  const key = rowSnapshotOf(item)?.[mappedBy];
  return key != null && keyText([key].flat(Infinity)) === rowKeyTextOf(owner);
}
