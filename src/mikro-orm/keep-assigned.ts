import { type EntityMetadata, type EntityProperty, helper, ReferenceKind } from '@mikro-orm/core';
import { changedFields } from './changed-fields.ts';
import { collectionsOf } from './collections.ts';
import { columnsOf } from './embedded-columns.ts';
import { emptyKey, fillKey } from './emptied-keys.ts';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

type Data = Record<string, unknown>;
type Find = (data: Data, meta: EntityMetadata, options: { refresh?: boolean }) => object | undefined;
type Hydrate = (entity: object, meta: EntityMetadata, data: Data, options: object) => void;
type Register = (entity: object, data?: Data, options?: object) => object;
type Merge = (entity: object, visited?: Set<object>) => void;
type MapRow = (...args: unknown[]) => object;

/**
 * Keeps what was assigned when the session reads a row again, or a query builder or `em.map()` is given one, and keeps it a
 * change whatever the row holds. MikroORM would overwrite it.
 */
export function keepAssigned(em: SqlEm, session: { readonly isReading: boolean }): void {
  const factory = em.getEntityFactory();
  const uow = em.getUnitOfWork();
  /** What is kept of an entity whose row is being read. */
  const kept = new Map<object, readonly string[]>();
  /** What has kept something of the row that is being mapped. */
  let mapped: Set<object> | undefined;
  replaceMethod<Find>(factory, 'findEntity', find => (data, meta, options) => {
    const found = find(data, meta, options);
    if (found === undefined || options.refresh !== true || !(session.isReading || mapped)) return found;
    const changed = changedFields(em, found);
    kept.delete(found);
    if (changed.length === 0) return found;
    kept.set(found, changed);
    fillKey(em, found);
    return found;
  });
  replaceMethod<Hydrate>(factory, 'hydrate', hydrate => (entity, meta, data, options) => {
    if (kept.size === 0 && mapped === undefined) return hydrate(entity, meta, data, options);
    const names = [...(kept.get(entity) ?? []), ...(mapped === undefined ? [] : changedLists(entity))];
    if (names.length === 0) return hydrate(entity, meta, data, options);
    const props = [...new Set(names)].map(name => Reflect.get(meta.properties, name));
    const isField = ({ kind }: EntityProperty) =>
      kind === ReferenceKind.SCALAR || kind === ReferenceKind.EMBEDDED;
    const relations = takeOut(
      meta,
      data,
      props.filter(prop => !isField(prop)),
    );
    const fields = takeOut(meta, data, props.filter(isField));
    hydrate(entity, meta, data, options);
    // MikroORM changes the record while it fills an entity, and keeps it as what the row holds: for these, a stand-in.
    hydrate(Object.create(meta.prototype) as object, meta, fields, options);
    Object.assign(data, relations, fields);
  });
  replaceMethod<Register>(uow, 'register', register => (entity, data, options) => {
    register(entity, data, options);
    if (kept.size === 0 || data === undefined) return entity;
    const names = kept.get(entity);
    kept.delete(entity);
    if (names !== undefined) {
      markAssigned(em, entity, names);
      mapped?.add(entity);
    }
    emptyKey(entity);
    return entity;
  });
  replaceMethod<MapRow>(em, 'map', map => (...args) => {
    mapped = new Set();
    try {
      return map(...args);
    } finally {
      mapped = undefined;
    }
  });
  // It takes what the entity has for what the row holds.
  replaceMethod<Merge>(uow, 'merge', merge => (entity, visited) => {
    const wrapped = helper(entity);
    const { __originalEntityData: row } = wrapped;
    merge(entity, visited);
    if (row !== undefined && mapped?.has(entity)) wrapped.__originalEntityData = row;
  });
}

/** Takes properties out of a record. @returns what it had of them */
function takeOut(meta: EntityMetadata, data: Data, props: readonly EntityProperty[]): Data {
  const taken: Data = {};
  for (const name of props.flatMap(prop => columnsOf(meta, prop))) {
    if (!(name in data)) continue;
    taken[name] = data[name];
    delete data[name];
  }
  return taken;
}

/**
 * What rows held, as far as that was known, before something else was assigned. It is kept by MikroORM's record of the row,
 * of which there is another one after a flush, and after a rollback has undone that.
 */
const lastKnown = new WeakMap<object, Data>();

/**
 * Makes fields that were assigned changes, even if they have what the row held when last read: it may hold something else
 * by now, so that is forgotten. A key stands for the row, and never is.
 */
export function markAssigned(em: SqlEm, entity: object, names: readonly string[]): void {
  const { __originalEntityData: row, __meta: meta } = helper(entity);
  if (row === undefined) return;
  const columns = names.flatMap(name => columnsOf(meta, Reflect.get(meta.properties, name)));
  const same = columns.filter(name => name in row && !meta.primaryKeys.includes(name as never));
  const changed = same.length === 0 ? [] : changedFields(em, entity);
  for (const name of same) {
    if (changed.includes(name)) continue;
    lastKnown.set(row, { ...lastKnown.get(row), [name]: Reflect.get(row, name) as unknown });
    Reflect.deleteProperty(row, name);
  }
}

/** Makes what the row held when last read be what it holds, for fields for which that was forgotten. */
export function recallInRow(entity: object, names: readonly string[]): void {
  const { __originalEntityData: row } = helper(entity);
  const known = row && lastKnown.get(row);
  if (row === undefined || known === undefined) return;
  for (const name of names) if (!(name in row) && name in known) Object.assign(row, { [name]: known[name] });
}

/** What a row held when last read, with what was forgotten of that. */
export function asLastKnown(row: object | undefined): object | undefined {
  return row && { ...row, ...lastKnown.get(row) };
}

/** The names of the lists of which something is to be written. */
function changedLists(entity: object): string[] {
  return collectionsOf(entity).flatMap(list => (list.isDirty() ? [list.property.name] : []));
}
