import { type EntityMetadata, helper, ReferenceKind, Utils } from '@mikro-orm/core';
import { watchOwnFields } from './assignment-watch.ts';
import type { SqlEm } from './orm.ts';
import { perClass } from './per-class.ts';
import { lazyFieldsOf, loadedLazyFields, unloadLazyField } from './lazy-fields.ts';
import { changedFields } from './changed-fields.ts';
import { wasStaged } from './watchers.ts';

type Merge = (meta: unknown, entity: object, data: object, options?: object) => void;
type Find = (row: object, meta: EntityMetadata, options: object) => object | undefined;
type Register = (entity: object, data?: object, options?: Readonly<Record<string, unknown>>) => object;

/** Called before the value of a lazy field is forgotten, as its row was read again without it. */
type Unloads = (entity: object, name: string, value: unknown) => void;

/**
 * Keeps entities from looking changed because they were read, and from looking unchanged. MikroORM compares an entity with
 * a snapshot of its row, and three of those come out wrong: for a member of a many-to-many relation, JSON is as the driver
 * gave it and not in the form that is compared; for a row that is read again, the lazy fields that were read earlier are
 * missing; and a Date is the one that the entity has, so that it changes with it.
 *
 * @param isFresh whether an entity still shows the database, or is not the session's to refresh
 */
export function keepRowSnapshots(em: SqlEm, unloads: Unloads, isFresh: (entity: object) => boolean): void {
  const uow = em.getUnitOfWork();
  const unchanged = (names: readonly string[], entity: object): readonly string[] => {
    const changed = names.length > 0 ? changedFields(em, entity) : [];
    return names.filter(name => !changed.includes(name));
  };
  const unload = (names: readonly string[], entity: object): void => {
    for (const name of names) {
      unloads(entity, name, helper(entity).__data[name]);
      unloadLazyField(entity, name);
    }
  };
  const register = Reflect.get(uow, 'register') as Register;
  Reflect.set(uow, 'register', ((entity, data, options) => {
    // A member of a relation was registered by the factory before, with a right snapshot.
    if (options?.['loaded'] === true && !('newEntity' in options))
      return register.call(uow, entity, data, { ...options, refresh: false });
    const before = options?.['refresh'] === true ? helper(entity).__originalEntityData : undefined;
    const missing = before && data && Object.keys(before).filter(name => !(name in data));
    const unread = before && data && unchanged(lazyFieldsBeside(data, entity), entity);
    // Only an INSERT says no more than that.
    if (data !== undefined && options?.['loaded'] === undefined && !wasStaged(entity)) watchOwnFields(entity);
    register.call(uow, entity, data, options);
    for (const name of missing ?? []) {
      if (unread?.includes(name) !== true)
        Object.assign(helper(entity).__originalEntityData ?? {}, { [name]: before?.[name as never] });
    }
    if (unread !== undefined) unload(unread, entity);
    separateDates(entity);
    return entity;
  }) satisfies Register);
  const factory = em.getEntityFactory();
  const find = Reflect.get(factory, 'findEntity') as Find;
  Reflect.set(factory, 'findEntity', function (this: unknown, ...args: Parameters<Find>) {
    const [row, meta] = args;
    // A lazy formula that was not asked for is there all the same, in the rows of a many-to-many relation.
    for (const name of lazyFieldsOf(meta))
      if (name in row && Reflect.get(row, name) === undefined) Reflect.deleteProperty(row, name);
    return find.apply(this, args);
  });
  const merge = Reflect.get(factory, 'mergeData') as Merge;
  Reflect.set(factory, 'mergeData', function (this: unknown, ...args: Parameters<Merge>) {
    const [, entity, data] = args;
    // A list that is loaded again has its items' rows merged so.
    const unread = isFresh(entity) ? [] : unchanged(lazyFieldsBeside(data, entity), entity);
    merge.apply(this, args);
    unload(unread, entity);
    separateDates(entity);
  });
}

/** The lazy fields that an entity has loaded, and a row does not have. */
function lazyFieldsBeside(row: object, entity: object): string[] {
  return loadedLazyFields(entity).filter(name => !(name in row));
}

/** The names of the fields that are dates, or may hold some. */
const datesIn = perClass((meta): readonly string[] =>
  meta.props
    .filter(({ kind, runtimeType }) => runtimeType === 'Date' || kind === ReferenceKind.EMBEDDED)
    .map(({ name }) => name),
);

function separateDates(entity: object): void {
  const { __meta: meta, __originalEntityData: row } = helper(entity);
  if (row === undefined) return;
  for (const name of datesIn(meta))
    if (name in row) Reflect.set(row, name, separated(Reflect.get(row, name)));
}

function separated(value: unknown): unknown {
  if (value instanceof Date) return new Date(value);
  if (Array.isArray(value)) return value.map(separated);
  if (!Utils.isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, separated(each)]));
}
