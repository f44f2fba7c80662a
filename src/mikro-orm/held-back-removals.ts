import { Cascade } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';
import { stageRemoval } from './staged.ts';

type Remove = (entity: object, visited?: Set<object>, options?: { cascade?: boolean }) => void;
type CascadeFrom = (entity: object, type: Cascade, visited?: Set<object>, options?: object) => void;

/** Removes an object, and lets it go from what refers to it, with nothing that goes with it. */
const alone = new WeakMap<SqlEm, Remove>();

/**
 * Has the removal of an object reach no other one while it is not known what goes with it. MikroORM cascades to what is in its
 * memory, and empties the columns of what is there in lists: rows that may be another's by now.
 */
export function holdBackRemovals(em: SqlEm, isHeldBack: (entity: object) => boolean): void {
  const uow = em.getUnitOfWork();
  alone.set(em, (Reflect.get(uow, 'remove') as Remove).bind(uow));
  replaceMethod<Remove>(uow, 'remove', remove => (entity, ...rest) => {
    if (isHeldBack(entity)) stageRemoval(em, entity);
    else remove(entity, ...rest);
  });
  replaceMethod<CascadeFrom>(uow, 'cascade', cascade => (entity, type, visited = new Set(), options = {}) => {
    if (!REMOVING.has(type) || !isHeldBack(entity)) return cascade(entity, type, visited, options);
    if (visited.has(entity)) return undefined;
    visited.add(entity);
    if (type === Cascade.REMOVE) stageRemoval(em, entity);
    else uow.scheduleOrphanRemoval(entity, visited);
    return undefined;
  });
}

const REMOVING: ReadonlySet<Cascade> = new Set([Cascade.REMOVE, Cascade.SCHEDULE_ORPHAN_REMOVAL]);

/** Removes what was held back, once it is known what goes with it and that is staged. */
export function removeAlone(em: SqlEm, entity: object): void {
  alone.get(em)?.(entity, undefined, { cascade: false });
}

/** Removes an object, and what goes with it. One without a row is only unstaged. */
export function removeWithAll(em: SqlEm, entity: object): void {
  em.getUnitOfWork().remove(entity);
}
