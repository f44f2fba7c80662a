import { type ChangeSet, ChangeSetType } from '@mikro-orm/core';
import { hasRow } from './entity-state.ts';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';
import { stageNew, stageRemoval } from './staged.ts';

type Compute = (entity: object, type?: ChangeSetType) => void;

/**
 * Where hooks and subscribers compute a change when the flush under way takes no more, or no flush is under way, it is staged
 * for the next one. MikroORM would take it for written, and write nothing.
 */
export function keepLateChanges(em: SqlEm): void {
  const uow = em.getUnitOfWork();
  /** Whether MikroORM writes what is computed. */
  let isTaken = false;
  /** What it writes, by the objects; undefined if that was not looked up, or is written. */
  let writing: ReadonlyMap<object, ChangeSet<object>> | undefined;
  let isWriting = false;
  const enter = (taken: boolean, writes: boolean) => {
    [isTaken, isWriting, writing] = [taken, writes, undefined];
  };
  replaceMethod<() => void>(uow, 'computeChangeSets', compute => () => {
    enter(true, false);
    compute();
  });
  // Called when the subscribers have been told what will be written.
  replaceMethod<() => void>(uow, 'filterCollectionUpdates', filter => () => {
    if (isTaken) enter(false, true);
    filter();
  });
  replaceMethod<(...args: never[]) => Promise<void>>(uow, 'persistToDatabase', write => async (...args) => {
    await write(...args);
    enter(false, false);
  });
  replaceMethod<() => void>(uow, 'postCommitCleanup', clean => () => {
    enter(false, false);
    clean();
  });
  replaceMethod<Compute>(uow, 'computeChangeSet', compute => (entity, type) => {
    if (isTaken) compute(entity, type);
    else if (type === ChangeSetType.DELETE || type === ChangeSetType.DELETE_EARLY) {
      if (hasRow(entity)) stageRemoval(em, entity);
    } else if (!hasRow(entity)) stageNew(em, entity);
  });
  replaceMethod<Compute>(uow, 'recomputeSingleChangeSet', compute => entity => {
    if (isTaken) return compute(entity);
    if (!isWriting) return;
    writing ??= new Map(uow.getChangeSets().map(change => [change.entity, change]));
    const change = writing.get(entity);
    if (change?.persisted === false && !change.type.startsWith('delete')) compute(entity);
  });
}
