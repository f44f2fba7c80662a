import { type Collection, type EntityProperty, helper } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';
import { notesFor, notesOf } from './own-notes.ts';
import { tick } from './relation-clock.ts';

/** What an assignment to a one-to-one relation makes of the place that is on the side without a column. */
export interface TakenPlace {
  readonly owner: object;
  /** The relation of the owner that has no column. */
  readonly prop: EntityProperty;
  /** What memory has in that place until then. */
  readonly before: object | undefined;
  /** Whether that was put there by an assignment that is not written yet. */
  readonly isStaged: boolean;
  /** What it is given; absent where the assignment is to the column of what comes there, and it is known what was there. */
  readonly given?: object | null;
}

/** What a session wants to know of the entities that are its own. */
export interface Watcher {
  /** Called after a field was assigned, and not when a row fills it. */
  assigned(entity: object, name: string): void;
  /** Called after a field of a new object that is staged was assigned. */
  assignedNew(entity: object, name: string): void;
  /** Called when an object has left the relation that removes its orphans. */
  orphaned(entity: object): void;
  /** Called after a relation that removes orphans was assigned where the column is. @param before what memory had there */
  leavesOwner(entity: object, prop: EntityProperty, before: object | undefined): void;
  /** Called after a one-to-one relation of an entity was assigned. @param place what that has given to another object, or to none */
  assignsPlace(entity: object, prop: EntityProperty, place: TakenPlace | undefined): void;
  /** Whether something was assigned to the side of a one-to-one relation that has no column, which a row is not to fill. */
  isPlaceGiven(owner: object, prop: EntityProperty): boolean;
  /** Called when a field is read that was never filled. @throws what is to be said of one that is not loaded */
  readsField(entity: object, name: string): void;
  /** Called when a list is read that was never loaded. @throws what is to be said of it */
  readsList(list: Collection<object>): void;
  /** Calls a function of an entity's class, for which what is not loaded is an error. */
  plainly<T>(call: () => T): T;
  /** Looks at an entity as far as it is loaded. */
  quietly<T>(call: () => T): T;
  /** Called before a list is assigned. @throws what is to be said if that cannot be done */
  assignsList(list: Collection<object>): void;
  /**
   * Called when a relation gets an object, or is to.
   *
   * @throws what is to be said if it cannot
   */
  takes(owner: object, prop: EntityProperty, item: object): void;
  /** Called after a relation was made to hold something, and not for the other side of that. */
  linked(owner: object, prop: EntityProperty, value: unknown): void;
}

interface Known extends Watcher {
  /** Whether a row is filling an entity. */
  isFilling(): boolean;
}

/** By the EntityManager that the entity belongs to: several may share the classes. */
const watchers = new WeakMap<object, Known>();

/** By the configuration, which an EntityManager shares with those that `fork()` and `transactional()` make of it. */
const readWatchers = new WeakMap<object, Known>();

/** From now on the entities of an EntityManager tell what is done to them. */
export function watch(em: SqlEm, watcher: Known): void {
  watchers.set(em, watcher);
  readWatchers.set(em.config, watcher);
}

/**
 * From now on a new object of an EntityManager tells when it has become an orphan. MikroORM gives it that EntityManager only
 * when it is inserted.
 */
export function watchStaged(em: SqlEm, entity: object): void {
  tick();
  const watcher = watchers.get(em);
  if (watcher) notesFor(entity).watcher = watcher;
}

/** What wants to know of an entity, also of a new one that is staged. */
export function watcherOfStaged(entity: object): Known | undefined {
  return watcherOf(entity) ?? (notesOf(entity)?.watcher as Known | undefined);
}

/** Tells that a field was assigned, also of a new object that is staged. */
export function tellAssigned(entity: object, name: string): void {
  const watcher = watcherOf(entity);
  if (watcher) watcher.assigned(entity, name);
  else watcherOfStaged(entity)?.assignedNew(entity, name);
}

/** Whether anybody may want to know of an entity: of a new one that is nobody's, nobody does. */
export function isWatched(entity: object): boolean {
  return emOf(entity) !== undefined || wasStaged(entity);
}

/** Whether an object was staged when it was new. */
export function wasStaged(entity: object): boolean {
  return notesOf(entity)?.watcher !== undefined;
}

/** Calls a function of an entity's class as a session wants it: what is not loaded is an error for it. */
export function plainly<T>(entity: object, call: () => T): T {
  const watcher = readWatcherOf(entity);
  return watcher ? watcher.plainly(call) : call();
}

/** Looks at an entity as far as it is loaded. */
export function quietly<T>(entity: object, call: () => T): T {
  const watcher = readWatcherOf(entity);
  return watcher ? watcher.quietly(call) : call();
}

/** {@link quietly}, for an EntityManager. */
export function quietlyIn<T>(em: SqlEm, call: () => T): T {
  const watcher = readWatchers.get(em.config);
  return watcher ? watcher.quietly(call) : call();
}

/** What wants to know of an entity; undefined for one that belongs to no session. */
export function watcherOf(entity: object): Known | undefined {
  const em = emOf(entity);
  return em && watchers.get(em);
}

/** What wants to know what is read of an entity, also of one of another EntityManager that was made of the session's. */
export function readWatcherOf(entity: object): Known | undefined {
  const em = emOf(entity);
  return em && (watchers.get(em) ?? readWatchers.get(em.config));
}

/** The prototype of a class has none. */
function emOf(entity: object): ReturnType<typeof helper>['__em'] {
  return (helper(entity) as Partial<ReturnType<typeof helper>> | undefined)?.__em;
}
