import { AsyncLocalStorage } from 'node:async_hooks';
import { type ChangeSet, helper } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { metaOf, nameOf, rowKeyPart, rowKeyTextOf } from './entity-state.ts';
import { findVersions } from './read-versions.ts';
import type { SqlEm } from './orm.ts';

type Method = (...args: unknown[]) => Promise<unknown>;

/** The changes that are being written, of one class. */
interface Writing {
  readonly em: SqlEm;
  readonly changes: readonly ChangeSet<object>[];
  readonly countsDeleted: boolean;
}

const writing = new AsyncLocalStorage<Writing>();
const counted = new WeakSet<object>();

/** A DELETE hit fewer rows than there were entities to delete: some are gone, or the database had deleted them already. */
export class MissingRows extends Error {
  readonly entities: readonly object[];

  constructor(entities: readonly object[]) {
    super('A row that is to be deleted is gone');
    this.entities = entities;
  }
}

/**
 * Counts the rows that a flush of this EntityManager updates and deletes: MikroORM does so only for rows with a version.
 *
 * @param countsDeleted whether a row that was to be deleted and is not there fails the flush, with {@link MissingRows}
 */
export function countRows(em: SqlEm, countsDeleted: () => boolean): void {
  const persister = em.getUnitOfWork().getChangeSetPersister();
  for (const name of ['executeUpdates', 'executeDeletes'])
    replace(persister, name, write => async (given, ...rest) => {
      const changes = given as Writing['changes'];
      if (name === 'executeDeletes') await assertVersions(em, changes);
      return writing.run({ em, changes, countsDeleted: countsDeleted() }, () => write(given, ...rest));
    });
  const driver = em.getDriver();
  if (counted.has(driver)) return;
  counted.add(driver);
  replace(driver, 'nativeUpdate', update => async (entity, where, data, ...rest) => {
    const result = await update(entity, where, data, ...rest);
    if (Object.keys(data as object).length > 0) await assertUpdated(result, 1);
    return result;
  });
  replace(driver, 'nativeUpdateMany', update => async (entity, where, data, ...rest) => {
    const result = await update(entity, where, data, ...rest);
    const some = (data as object[]).some(one => Object.keys(one).length > 0);
    if (some) await assertUpdated(result, (where as unknown[]).length);
    return result;
  });
  replace(driver, 'nativeDelete', remove => async (entity, where, ...rest) => {
    const result = await remove(entity, where, ...rest);
    const { changes, countsDeleted: counts } = writing.getStore() ?? {};
    const [keys] = changes === undefined ? [] : (Object.values(where as object) as { $in: unknown[] }[]);
    if (changes !== undefined && counts === true && affected(result) < (keys?.$in.length ?? 0))
      throw new MissingRows(changes.map(one => one.entity));
    return result;
  });
}

/** @throws MikroscopeError `StaleRow` that names an entity whose row is gone */
async function assertUpdated(result: unknown, expected: number): Promise<void> {
  const store = writing.getStore();
  if (store === undefined || affected(result) >= expected) return;
  // An UPDATE may have changed the key.
  const gone = await firstGone(
    store.em,
    store.changes.map(change => change.entity),
    (entity, name) => Reflect.get(entity, name) as unknown,
  );
  if (gone !== undefined) throw gone;
}

/** The error for the first entity whose row is gone, if there is one: a database may count otherwise, as for a view. */
export async function firstGone(
  em: SqlEm,
  entities: readonly object[],
  keyPart = rowKeyPart,
): Promise<MikroscopeError | undefined> {
  const fork = em.fork({ keepTransactionContext: true });
  for (const entity of entities) {
    const { __meta: meta } = helper(entity);
    const key = Object.fromEntries(meta.primaryKeys.map(name => [name, keyPart(entity, name)]));
    if ((await fork.count(meta.root.class, key, { filters: false })) > 0) continue;
    return stale(entity);
  }
  return undefined;
}

/** @throws MikroscopeError `StaleRow` that names an entity whose row has another version than it has */
async function assertVersions(em: SqlEm, changes: readonly ChangeSet<object>[]): Promise<void> {
  const all = changes.map(({ entity }) => entity);
  for (const [meta, entities] of Map.groupBy(all, metaOf)) {
    const { versionProperty: version } = meta;
    if (version === undefined) continue;
    const rows = await findVersions(em, meta, version, entities);
    for (const entity of entities) {
      const row = rows.get(rowKeyTextOf(entity));
      const [ours, theirs] = [entity, row ?? entity].map(one => Reflect.get(one, version) as unknown);
      // A version is a number or a date.
      if (ours != null && Number(ours) !== Number(theirs)) throw stale(entity);
    }
  }
}

function stale(entity: object): MikroscopeError {
  return new MikroscopeError(
    'StaleRow',
    `${nameOf(entity)} was changed or deleted by somebody else since it was read`,
    'Everything is still staged: expunge() it if its row is gone, or rollback().',
  );
}

function affected(result: unknown): number {
  return (result as { affectedRows?: number } | undefined)?.affectedRows ?? Infinity;
}

function replace(owner: object, name: string, make: (method: Method) => Method): void {
  const method = Reflect.get(owner, name) as Method;
  Reflect.set(
    owner,
    name,
    make((...args) => Reflect.apply(method, owner, args)),
  );
}
