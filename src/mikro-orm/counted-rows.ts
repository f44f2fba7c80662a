import { AsyncLocalStorage } from 'node:async_hooks';
import { type ChangeSet, type Collection, type EntityMetadata, ReferenceKind } from '@mikro-orm/core';
import { metaOf, ownerOf, rowKeyTextOf } from './entity-state.ts';
import { type Deletions, firstGoneEntity, stale } from './gone-rows.ts';
import { findVersions } from './read-versions.ts';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';
import { unwrittenLists } from './unwritten-lists.ts';

type Method = (...args: unknown[]) => Promise<unknown>;

/** What is being written: changes of one class, or many-to-many collections. */
interface Writing {
  readonly em: SqlEm;
  readonly changes: readonly ChangeSet<object>[];
  /** Whether a DELETE hit too few rows. */
  isMissing?: boolean;
}

const writing = new AsyncLocalStorage<Writing>();
const counted = new WeakSet<object>();
/** By EntityManager, whether rows that were to be deleted and are not there fail the flush. */
const countsDeleted = new WeakMap<object, () => boolean>();

/** A DELETE hit fewer rows than it was to: some are gone, or the database had deleted them with others. */
export class MissingRows extends Error {
  readonly deletions: Deletions;

  constructor(deletions: Deletions) {
    super('A row that is to be deleted is gone');
    this.deletions = deletions;
  }
}

/** The rows that the flush under way deletes. */
export function deletionsOf(em: SqlEm): Deletions {
  const uow = em.getUnitOfWork();
  return {
    entities: uow.getChangeSets().flatMap(({ type, entity }) => (type.startsWith('delete') ? [entity] : [])),
    collections: uow
      .getCollectionUpdates()
      .filter(({ property }) => property.kind === ReferenceKind.MANY_TO_MANY),
  };
}

/**
 * Counts the rows that a flush of this EntityManager updates and deletes: MikroORM does so only for rows with a version.
 *
 * @param isMissed whether a row that was to be deleted and is not there fails the flush, with {@link MissingRows}
 */
export function countRows(em: SqlEm, isMissed: () => boolean): void {
  countsDeleted.set(em, isMissed);
  const persister = em.getUnitOfWork().getChangeSetPersister();
  for (const name of ['executeUpdates', 'executeDeletes'])
    replaceMethod<Method>(persister, name, write => async (given, ...rest) => {
      const changes = given as Writing['changes'];
      if (name === 'executeDeletes') await assertVersions(em, changes);
      return counting(em, changes, () => write(given, ...rest));
    });
  const driver = em.getDriver();
  if (counted.has(driver)) return;
  counted.add(driver);
  replaceMethod<Method>(driver, 'syncCollections', sync => async (given, ...rest) => {
    const lists = unwrittenLists(given as Iterable<Collection<object>>);
    const owner = lists[0] && ownerOf(lists[0].owner);
    if (owner === undefined) return sync(lists, ...rest);
    return counting(owner as SqlEm, [], () => sync(lists, ...rest));
  });
  replaceMethod<Method>(driver, 'nativeUpdate', update => async (entity, where, data, ...rest) => {
    const result = await update(entity, where, data, ...rest);
    if (Object.keys(data as object).length > 0) await assertUpdated(result, 1);
    return result;
  });
  replaceMethod<Method>(driver, 'nativeUpdateMany', update => async (entity, where, data, ...rest) => {
    const result = await update(entity, where, data, ...rest);
    const some = (data as object[]).some(one => Object.keys(one).length > 0);
    if (some) await assertUpdated(result, (where as unknown[]).length);
    return result;
  });
  replaceMethod<Method>(driver, 'nativeDelete', remove => async (entity, where, ...rest) => {
    const result = await remove(entity, where, ...rest);
    const store = writing.getStore();
    if (store === undefined) return result;
    const meta = store.em.getMetadata().find(entity as never);
    const expected = rowsIn(where as object, meta?.pivotTable === true ? meta : undefined);
    if (affected(result) < expected) store.isMissing = true;
    return result;
  });
}

/** Runs work that writes, and then throws {@link MissingRows} if need be: MikroORM would wrap it in an error of its own. */
async function counting(
  em: SqlEm,
  changes: readonly ChangeSet<object>[],
  write: () => Promise<unknown>,
): Promise<unknown> {
  const store: Writing = { em, changes };
  const result = await writing.run(store, write);
  if (store.isMissing === true && countsDeleted.get(em)?.() === true) throw new MissingRows(deletionsOf(em));
  return result;
}

/** How many rows the condition of a DELETE names; of a join table, those of which both keys are known. */
function rowsIn(where: object, joinTable: EntityMetadata | undefined): number {
  const { $or: rows } = where as { readonly $or?: readonly object[] };
  // An entity can be the join table of a list, and is deleted as any other, too.
  if (joinTable === undefined || rows === undefined) {
    const [keys] = Object.values(where) as { $in: unknown[] }[];
    return keys?.$in.length ?? 0;
  }
  const columns = joinTable.relations.flatMap(({ joinColumns }) => joinColumns);
  return rows.filter(row => columns.every(name => name in row)).length;
}

/** @throws MikroscopeError `StaleRow` that names an entity whose row is gone */
async function assertUpdated(result: unknown, expected: number): Promise<void> {
  const store = writing.getStore();
  if (store === undefined || affected(result) >= expected) return;
  // An UPDATE may have changed the key.
  const gone = await firstGoneEntity(
    store.em,
    store.changes.map(change => change.entity),
    (entity, name) => Reflect.get(entity, name) as unknown,
  );
  if (gone !== undefined) throw gone;
}

/** @throws MikroscopeError `StaleRow` that names an entity whose row has another version than it has */
async function assertVersions(em: SqlEm, changes: readonly ChangeSet<object>[]): Promise<void> {
  if (changes.every(({ entity }) => metaOf(entity).versionProperty === undefined)) return;
  // By the keys that the database may have given them in this flush, which their entities do not know.
  const held = new Map(changes.map(({ entity, originalEntity }) => [entity, originalEntity]));
  const rowOf = (entity: object) => held.get(entity);
  for (const [meta, entities] of Map.groupBy(held.keys(), metaOf)) {
    const { versionProperty: version } = meta;
    if (version === undefined) continue;
    const rows = await findVersions(em, meta, version, entities, rowOf);
    for (const entity of entities) {
      const row = rows.get(rowKeyTextOf(entity, rowOf(entity)));
      const [ours, theirs] = [entity, row ?? entity].map(one => Reflect.get(one, version) as unknown);
      // A version is a number or a date.
      if (ours != null && Number(ours) !== Number(theirs)) throw stale(entity);
    }
  }
}

function affected(result: unknown): number {
  return (result as { affectedRows?: number } | undefined)?.affectedRows ?? Infinity;
}
