import { AsyncLocalStorage } from 'node:async_hooks';
import { type EntityMetadata, helper, isRaw } from '@mikro-orm/core';
import { changedFields } from './changed-fields.ts';
import { columnsOf, wholeFields } from './embedded-columns.ts';
import { hasRow, isEntity, isLoaded, metaOf } from './entity-state.ts';
import { sameRowIn, unmanage } from './identity-map.ts';
import type { SqlEm, Tx } from './orm.ts';
import { replaceMethod } from './replace-method.ts';
import { setWholeReferences } from './upserted-columns.ts';
import { assertOfClass } from './upserted-classes.ts';

type Data = Record<string, unknown>;
type Find = (data: Data, meta: EntityMetadata, options: object) => object | undefined;
type Register = (entity: object, data?: Data, options?: object) => object;
type UpdateMany = (
  type: unknown,
  where: unknown,
  rows: readonly object[],
  options?: { readonly upsert?: boolean },
) => Promise<{ rows?: readonly object[] }>;
type Upsert = (type: unknown, data?: unknown, options?: Options) => Promise<object>;

interface Options {
  ctx?: Tx;
  onConflictMergeFields?: readonly string[];
  onConflictExcludeFields?: readonly string[];
}

/** A call of `em.upsert()` that is under way. */
interface Upserting {
  /** The names of the fields that it was given. */
  readonly given: ReadonlySet<string>;
  /** By what MikroORM made for a row, the entity that stands for the row already. */
  readonly own: Map<object, object>;
  /** What the session had no object for. */
  readonly made: Set<object>;
  /** What is staged of the entities that it has come to. */
  readonly staged: Map<object, readonly StagedField[]>;
}

interface StagedField {
  readonly name: string;
  readonly value: unknown;
  /** What the row is known to have. */
  readonly row: Readonly<Data>;
  readonly columns: readonly string[];
}

const upserting = new AsyncLocalStorage<Upserting>();

interface Session {
  /** The session has another object for the row that MikroORM made one for. */
  displaced(twin: object, own: object): void;
  /**
   * The row of an entity was written, and holds what the database made of it.
   *
   * @param isMade whether the session had no object for the row before
   */
  upserted(entity: object, isMade: boolean): void;
}

/**
 * Has `em.upsert()` and `em.upsertMany()` give the object that stands for a row, and write what they were given and no more.
 * MikroORM finds the object by its key alone, takes what is staged of it for written, and writes the defaults of columns
 * over what they hold.
 */
export function keepUpserted(em: SqlEm, session: Session): void {
  const uow = em.getUnitOfWork();
  const factory = em.getEntityFactory();
  replaceMethod<Find>(factory, 'findEntity', find => (data, meta, options) => {
    const found = find(data, meta, options);
    const call = upserting.getStore();
    if (found !== undefined && call !== undefined)
      call.staged.set(found, stagedFields(em, found, call.given));
    return found;
  });
  replaceMethod<Register>(uow, 'register', register => (entity, data, options) => {
    const call = upserting.getStore();
    if (call === undefined || data === undefined) return register(entity, data, options);
    const present = sameRowIn(em, entity);
    if (present === undefined || present === entity || !(hasRow(present) || !isLoaded(present))) {
      if (present === undefined) call.made.add(entity);
      register(entity, data, options);
      restore(entity, call.staged.get(entity) ?? []);
      return entity;
    }
    call.own.set(entity, present);
    const meta = metaOf(present);
    const known = new Set([...call.given, ...meta.primaryKeys].flatMap(name => columnsNamed(meta, name)));
    const row = Object.fromEntries(Object.entries(data).filter(([name]) => known.has(name)));
    factory.create(meta.class, row, { refresh: true, initialized: true, convertCustomTypes: true });
    register(present, em.getComparator().prepareEntity(present), options);
    restore(present, call.staged.get(present) ?? []);
    session.displaced(entity, present);
    return present;
  });
  setWholeReferences(em);
  tellRowsApart(em);
  for (const name of ['upsert', 'upsertMany'])
    replaceMethod<Upsert>(em, name, upsert => async (type, data, options) => {
      const rows = [data ?? type].flat() as object[];
      await assertOfClass(em, type, rows);
      const made = new Set<object>();
      const write = async (some: object[], ctx?: Tx): Promise<object[]> => {
        const call: Upserting = {
          given: new Set(some.flatMap(fieldsOf)),
          own: new Map(),
          made: new Set(),
          staged: new Map(),
        };
        const given = name === 'upsert' ? some[0] : some;
        const [first, second] = data === undefined ? [given] : [type, given];
        const how = { ...withoutDefaults(some, options), ...(ctx !== undefined && { ctx }) };
        const result = await upserting.run(call, () => upsert(first, second, how));
        for (const entity of call.made) made.add(entity);
        return [result].flat().map(entity => call.own.get(entity) ?? entity);
      };
      const groups = name === 'upsert' ? [rows] : [...alike(rows, options)];
      const written = new Map<object, object>();
      const writeAll = async (ctx?: Tx) => {
        for (const some of groups) {
          const all = await write([...some], ctx);
          for (const [i, row] of some.entries()) written.set(row, all[i] as object);
        }
      };
      const outer = options?.ctx ?? em.getTransactionContext<Tx>();
      try {
        await (groups.length > 1
          ? em.getConnection().transactional(writeAll, outer === undefined ? {} : { ctx: outer })
          : writeAll());
      } catch (error) {
        // All is undone.
        for (const entity of written.values())
          if (made.has(entity)) unmanage(em, entity);
          else session.upserted(entity, false);
        throw error;
      }
      for (const entity of written.values()) session.upserted(entity, made.has(entity));
      if (name === 'upsert') return written.get(rows[0] as object) as object;
      return rows.map(row => written.get(row) as object);
    });
}

/** Rows that give the same fields: MikroORM updates those of the first one of all rows that are there. */
function alike(rows: readonly object[], options: Options = {}): Iterable<readonly object[]> {
  if (options.onConflictMergeFields !== undefined) return [rows];
  const fieldsIn = (row: object) => fieldsOf(row).filter(name => Reflect.get(row, name) !== undefined);
  return Map.groupBy(rows, row => fieldsIn(row).toSorted().join(' ')).values();
}

const told = new WeakSet<object>();

/**
 * Has MikroORM look for rows by their keys where the database returned fewer than were upserted: of those that it left as they
 * were it returns none, and MikroORM would take one row for another.
 */
function tellRowsApart(em: SqlEm): void {
  const driver = em.getDriver();
  if (told.has(driver)) return;
  told.add(driver);
  replaceMethod<UpdateMany>(driver, 'nativeUpdateMany', update => async (type, where, rows, options) => {
    const result = await update(type, where, rows, options);
    const isKnown = options?.upsert !== true || result.rows?.length === rows.length;
    return isKnown ? result : { ...result, rows: [] };
  });
}

function fieldsOf(row: object): string[] {
  return isEntity(row) ? metaOf(row).props.map(({ name }) => name) : Object.keys(row);
}

/** Leaves fields that no entity has set to the row, where there is one: MikroORM sets them to the defaults of their columns. */
function withoutDefaults(rows: readonly object[], options: Options = {}): Options {
  const [first] = rows;
  if (first === undefined || !isEntity(first) || options.onConflictMergeFields !== undefined) return options;
  const unset = metaOf(first).props.filter(
    ({ name, default: value }) =>
      value != null && !isRaw(value) && rows.every(row => Reflect.get(row, name) === undefined),
  );
  if (unset.length === 0) return options;
  const excluded = [...(options.onConflictExcludeFields ?? []), ...unset.map(({ name }) => name)];
  return { ...options, onConflictExcludeFields: excluded };
}

function stagedFields(em: SqlEm, entity: object, given: ReadonlySet<string>): StagedField[] {
  const { __meta: meta, __originalEntityData: row = {} } = helper(entity);
  return [...wholeFields(meta, changedFields(em, entity))]
    .filter(({ name }) => !given.has(name))
    .map(prop => {
      const { name } = prop;
      return { name, value: Reflect.get(entity, name), row: { ...row }, columns: columnsOf(meta, prop) };
    });
}

/** What is staged is not in the row. */
function restore(entity: object, staged: readonly StagedField[]): void {
  const { __originalEntityData: now = {} } = helper(entity) as { __originalEntityData?: Data };
  for (const { name, value, row, columns } of staged) {
    for (const column of columns)
      if (column in row) now[column] = row[column];
      else Reflect.deleteProperty(now, column);
    if (Reflect.get(entity, name) !== value) Reflect.set(entity, name, value);
  }
}

function columnsNamed(meta: EntityMetadata, name: string): string[] {
  const prop = meta.props.find(one => one.name === name);
  return prop === undefined ? [] : columnsOf(meta, prop);
}
