import { type ChangeSet, ChangeSetType, type UnitOfWork } from '@mikro-orm/core';
import { targetsOf } from './early-keys.ts';

/** Lets rows be deleted before those that they refer to, where MikroORM deletes these first to make room for new ones. */
export function deleteEarly(uow: UnitOfWork): void {
  const changes = uow.getChangeSets();
  const early = changes.filter(({ type }) => type === ChangeSetType.DELETE_EARLY);
  if (early.length === 0) return;
  const gone = new Set<object>(early.map(({ entity }) => entity));
  let later = changes.filter(({ type }) => type === ChangeSetType.DELETE);
  const refersToGone = (change: ChangeSet<object>) => targetsOf(change).some(target => gone.has(target));
  for (let found = later.filter(refersToGone); found.length > 0; found = later.filter(refersToGone)) {
    for (const change of found) {
      change.type = ChangeSetType.DELETE_EARLY;
      gone.add(change.entity);
    }
    later = later.filter(({ type }) => type === ChangeSetType.DELETE);
  }
}
