import { Collection, ReferenceKind } from '@mikro-orm/core';
import {
  collectionsOf,
  type CollectionSnapshot,
  restoreCollections,
  snapshotCollection,
} from './collections.ts';
import { hasRow } from './entity-state.ts';
import { entitiesIn } from './identity-map.ts';
import type { SqlEm } from './orm.ts';
import { hasHooks } from './project-hooks.ts';
import { replaceMethod } from './replace-method.ts';

type Take = (entity: object, visited: Set<object>) => void;
type Persist = (...args: never[]) => Promise<void>;

/**
 * What hooks and subscribers add to many-to-many lists, or take out of them, when it is too late for the flush under way stays
 * a change. MikroORM takes all that is in the lists of what it has written for what the join tables hold.
 */
export function keepLateLists(em: SqlEm): void {
  const uow = em.getUnitOfWork();
  let late: readonly CollectionSnapshot[] | undefined;
  replaceMethod<Persist>(uow, 'persistToDatabase', persist => async (...args) => {
    late = undefined;
    await persist(...args);
    restoreCollections(late ?? [], 'before');
    late = undefined;
  });
  // Called when everything is written, for one object after the other.
  replaceMethod<Take>(uow, 'takeCollectionSnapshots', take => (entity, visited) => {
    late ??= hasHooks(em) ? lateLists(em) : [];
    take(entity, visited);
  });
}

function lateLists(em: SqlEm): CollectionSnapshot[] {
  const lists = [...entitiesIn(em)].flatMap(collectionsOf);
  return lists.filter(list => list.isDirty() && isUnwritten(list)).map(snapshotCollection);
}

/** Whether what has changed of a list is in no join table: those that were written are no longer dirty, on one side at least. */
function isUnwritten(list: Collection<object>): boolean {
  const { kind, inversedBy, mappedBy } = list.property;
  if (kind !== ReferenceKind.MANY_TO_MANY) return false;
  const [before, now] = [new Set(list.getSnapshot()), new Set<object>(list.getItems(false))];
  return [...before, ...now].some(member => {
    // The rows of a join table go with those that they name.
    if (before.has(member) === now.has(member) || (before.has(member) && !hasRow(member))) return false;
    const side: unknown = Reflect.get(member, inversedBy ?? mappedBy ?? '');
    const isWritten =
      side instanceof Collection && !side.isDirty() && side.contains(list.owner, false) === now.has(member);
    return !isWritten;
  });
}
