import {
  EntityComparator,
  type EntityMetadata,
  type EntityProperty,
  helper,
  type MikroORM,
  type Platform,
  UnitOfWork,
  Utils,
} from '@mikro-orm/core';
import { isForeignKey } from './class-tables.ts';
import { replaceMethod } from './replace-method.ts';

type Row = Record<string, unknown>;
type Find = (this: UnitOfWork, type: unknown, id: unknown, ...rest: unknown[]) => unknown;
type MapResult = (this: EntityComparator, meta: EntityMetadata, result: unknown) => Row | null;
type UpdateMany = (type: unknown, ...rest: unknown[]) => Promise<{ readonly rows?: readonly Row[] }>;

/** The parts of keys with dates, down to those of what they refer to, by the classes. */
const dated = new WeakMap<object, readonly EntityProperty[]>();

/** The relations of a class to one with such a key. */
const referring = new WeakMap<EntityMetadata, readonly EntityProperty[]>();

/**
 * Tells rows apart whose keys have dates within one second. The text by which MikroORM knows an object has a date as
 * JavaScript shows it, and so two rows would be one: changes to the other were never written. It looks for an object by what
 * a database gives, which may be a number or a text, and would find none.
 */
export function tellDatesApart(orm: MikroORM): void {
  const all = [...orm.getMetadata().getAll().values()].filter(({ embeddable }) => !embeddable);
  const { platform } = orm.config.getDriver() as unknown as { platform: Platform };
  const withDates = all.filter(meta => meta.getPrimaryProps(true).some(prop => isDate(prop, platform)));
  if (withDates.length === 0) return;
  for (const meta of withDates) {
    dated.set(meta.class, meta.getPrimaryProps(true));
    writeDatesWhole(meta);
  }
  for (const meta of all) {
    const relations = meta.relations.filter(
      prop => isForeignKey(prop) && prop.targetMeta && dated.has(prop.targetMeta.class),
    );
    if (relations.length > 0) referring.set(meta, relations);
  }
  findByDates();
  replaceMethod<UpdateMany>(orm.driver, 'nativeUpdateMany', update => async (type, ...rest) => {
    const result = await update(type, ...rest);
    const meta = metaOfDated(type);
    if (meta !== undefined) for (const row of result.rows ?? []) readDates(meta, row);
    return result;
  });
}

/** MikroORM matches what a database returns of a row with the object by the text of the key. */
function readDates(meta: EntityMetadata, row: Row): void {
  const columns = meta.getPrimaryProps().flatMap(({ fieldNames }) => fieldNames);
  const key = datesWhole(
    meta,
    columns.map(column => row[column]),
  ) as unknown[];
  for (const [i, column] of columns.entries()) if (column in row) row[column] = key[i];
}

/** The parts of a key, in which those that are dates are of that class, whatever a database or a caller gives for them. */
export function datesWhole(meta: EntityMetadata, key: unknown): unknown {
  const parts = dated.get(meta.class);
  if (parts === undefined) return key;
  const { __platform: platform } = meta.prototype as { __platform: Platform };
  let i = 0;
  const walk = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(walk) : asDate(parts[i++], value, platform);
  return walk(key);
}

function writeDatesWhole(meta: EntityMetadata): void {
  const own = Object.getOwnPropertyDescriptor(meta.prototype, '__helper');
  if (own?.get === undefined) return;
  Object.defineProperty(meta.prototype, '__helper', {
    ...own,
    get(this: object): unknown {
      const wrapped = own.get?.call(this) as ReturnType<typeof helper>;
      wrapped.getSerializedPrimaryKey = () => textOf(meta, partsOf(meta, this)) as never;
      return wrapped;
    },
  });
}

/** The parts of the key as MikroORM writes them, in which dates stay dates. */
function partsOf(meta: EntityMetadata, entity: object): unknown[] {
  const wrapped = helper(entity);
  // A relation has let go of what is in the key.
  if (wrapped.__pk !== undefined) return [wrapped.getPrimaryKey(true)];
  return meta.primaryKeys.map(name => {
    const value: unknown = Reflect.get(entity, name);
    const { customType } = Reflect.get(meta.properties, name);
    if (Utils.isEntity(value, true)) return helper(value).getPrimaryKeys(true);
    return customType === undefined ? value : customType.convertToDatabaseValue(value, wrapped.__platform);
  });
}

function textOf(meta: EntityMetadata, key: unknown): string {
  return Utils.getPrimaryKeyHash(Utils.flatten([datesWhole(meta, key)] as unknown[][], true) as string[]);
}

let isFound = false;

/** Forks have units of work of their own, and drivers comparators. */
function findByDates(): void {
  if (isFound) return;
  isFound = true;
  const find = Reflect.get(UnitOfWork.prototype, 'getById') as Find;
  Reflect.set(UnitOfWork.prototype, 'getById', function (this: UnitOfWork, type, id, ...rest) {
    const meta = id == null ? undefined : metaOfDated(type);
    return Reflect.apply(find, this, [type, meta === undefined ? id : wholeKey(meta, id), ...rest]);
  } satisfies Find);
  const map = Reflect.get(EntityComparator.prototype, 'mapResult') as MapResult;
  Reflect.set(EntityComparator.prototype, 'mapResult', function (this: EntityComparator, meta, result) {
    const row = Reflect.apply(map, this, [meta, result]);
    for (const { name, targetMeta } of referring.get(meta) ?? [])
      if (row?.[name] != null && targetMeta !== undefined) row[name] = datesWhole(targetMeta, row[name]);
    return row;
  } satisfies MapResult);
}

function metaOfDated(type: unknown): EntityMetadata | undefined {
  const one: unknown = typeof type === 'function' ? type : (type as { meta?: EntityMetadata }).meta?.class;
  if (typeof one !== 'function' || !dated.has(one)) return undefined;
  return (one.prototype as { __meta: EntityMetadata }).__meta;
}

/** A key as MikroORM makes its text of it: one that is a single field is taken as it is. */
function wholeKey(meta: EntityMetadata, id: unknown): unknown {
  const key = Utils.isPlainObject(id) ? Utils.getOrderedPrimaryKeys(id, meta) : id;
  if (meta.simplePK) return textOf(meta, key);
  return Utils.flatten([datesWhole(meta, key)] as unknown[][], true);
}

function isDate(prop: EntityProperty, platform: Platform): boolean {
  return prop.customType === undefined && prop.runtimeType === 'Date' && !platform.isNumericProperty(prop);
}

/** What MikroORM makes of it when it reads a row. */
function asDate(prop: EntityProperty | undefined, value: unknown, platform: Platform): unknown {
  if (prop === undefined || value == null || !isDate(prop, platform)) return value;
  // What is none has no other text.
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? String(value) : value;
  if (typeof value !== 'string') return platform.parseDate(Number(value));
  const zone = platform.getTimezone();
  const isZoned = value.includes('+') || value.lastIndexOf('-') > 10 || value.endsWith('Z');
  return platform.parseDate(zone === undefined || zone === 'local' || isZoned ? value : value + zone);
}
