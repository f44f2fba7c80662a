import { Cascade } from '@mikro-orm/core';
import { cascadeInLoops } from './deep-cascades.ts';
import { findNewInLoops } from './deep-chains.ts';
import { hasRow } from './entity-state.ts';
import { isLinking } from './links.ts';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';
import { isRemoved, stageRemoval } from './staged.ts';
import { isUnasked } from './unasked-links.ts';

type Remove = (entity: object, visited?: Set<object>, options?: { cascade?: boolean }) => void;
type Persist = (entity: object, visited?: Set<object>, options?: object) => void;
type Cancel = (entity: object, visited?: Set<object>) => void;
type CascadeFrom = (
  entity: object,
  type: Cascade,
  visited?: Set<object>,
  options?: { checkRemoveStack?: boolean },
) => void;

/** What decides about the removal of what has a row. */
interface Removals {
  /** Called to remove an object, and what goes with it. */
  remove(entity: object): void;
  /** Called when an object that was to be removed stays, because it is persisted, or is no orphan any more. */
  comeBack(entity: object): void;
  /** Objects, and what has a row and goes with them, as far as that was seen. */
  seenWith(entities: Iterable<object>): Iterable<object>;
  /** What has no row and goes with an object. */
  newWith(entity: object): Iterable<object>;
}

/** Removes an object, and lets it go from what refers to it, with nothing that goes with it. */
const alone = new WeakMap<SqlEm, Remove>();

const deciding = new WeakMap<SqlEm, Removals>();

/** Those that are staged to go, and are still where they were in memory. */
const held = new WeakSet<object>();

/**
 * Has others decide what goes with a removed object. MikroORM cascades to what is in its memory, and empties the columns of
 * what is there in lists: rows that may be another's by now. What it stages so it tells from nothing that was removed by itself.
 */
export function decideRemovals(em: SqlEm, removals: Removals): void {
  const uow = em.getUnitOfWork();
  deciding.set(em, removals);
  alone.set(em, (Reflect.get(uow, 'remove') as Remove).bind(uow));
  replaceMethod<Remove>(uow, 'remove', remove => (entity, ...rest) => {
    if (hasRow(entity)) removals.remove(entity);
    else remove(entity, ...rest);
  });
  replaceMethod<Persist>(uow, 'persist', persist => (entity, visited, options) => {
    const isGoing = isRemoved(em, entity);
    // A list that gets it may be nobody's. If it is the session's, that is told of the link.
    if (isGoing && hasRow(entity) && isLinking()) return;
    persist(entity, visited, options);
    if (isGoing && !isRemoved(em, entity)) removals.comeBack(entity);
  });
  replaceMethod<Cancel>(uow, 'cancelOrphanRemoval', cancel => (entity, ...rest) => {
    const isGoing = isRemoved(em, entity);
    if (isGoing && isUnasked()) return;
    cancel(entity, ...rest);
    if (isGoing && !isRemoved(em, entity)) removals.comeBack(entity);
  });
  replaceMethod<CascadeFrom>(uow, 'cascade', cascade => (entity, type, visited = new Set(), options = {}) => {
    // What is to be removed leads a flush to nothing new.
    if (type === Cascade.PERSIST && options.checkRemoveStack === true && isRemoved(em, entity))
      return undefined;
    if (!REMOVING.has(type) || !hasRow(entity)) return cascade(entity, type, visited, options);
    if (visited.has(entity)) return undefined;
    visited.add(entity);
    if (type !== Cascade.REMOVE) {
      uow.scheduleOrphanRemoval(entity, visited);
      for (const one of removals.newWith(entity)) cascade(one, type, visited, options);
    } else if (!isRemoved(em, entity)) removals.remove(entity);
    return undefined;
  });
  cascadeInLoops(em);
  findNewInLoops(em);
}

const REMOVING: ReadonlySet<Cascade> = new Set([Cascade.REMOVE, Cascade.SCHEDULE_ORPHAN_REMOVAL]);

/** Objects, and what has a row and goes with them, as far as that was seen; undefined where nobody decides. */
export function seenWith(em: SqlEm, entities: Iterable<object>): Iterable<object> | undefined {
  return deciding.get(em)?.seenWith(entities);
}

/** Stages a removal which reaches no other object, until it is known what goes with it. */
export function holdBackRemoval(em: SqlEm, entity: object): void {
  held.add(entity);
  stageRemoval(em, entity);
}

/** Whether an object that is staged to go was held back. */
export function isHeldBack(entity: object): boolean {
  return held.has(entity);
}

/** Removes an object alone: what goes with it is staged by itself. */
export function removeAlone(em: SqlEm, entity: object): void {
  held.delete(entity);
  alone.get(em)?.(entity, undefined, { cascade: false });
}

/** Removes an object, and what goes with it. One without a row is only unstaged. */
export function removeWithAll(em: SqlEm, entity: object): void {
  em.getUnitOfWork().remove(entity);
}
