import {
  type EntityClass,
  type EntityMetadata,
  type EntityProperty,
  type MikroORM,
  PolymorphicRef,
  QueryHelper,
  Reference,
} from '@mikro-orm/core';
import { inspect } from 'node:util';
import { MikroscopeError } from '../errors.ts';
import { isEntity, keyPartsOf, metaOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

type Data = Record<string, unknown>;
type MapData = (
  data: Data | null | undefined,
  stringifies: boolean,
  props: Readonly<Record<string, EntityProperty>> | undefined,
  ...rest: unknown[]
) => Data | null | undefined;

const mended = new WeakSet<object>();

/** Whether a relation is to one of several classes, which a column of its own names. */
export function isToSeveral(prop: EntityProperty): boolean {
  return prop.polymorphic === true && prop.polymorphTargets !== undefined && prop.fieldNames?.length > 1;
}

/** What such a relation takes, in words. */
export function kindOfSeveral({ polymorphTargets = [], discriminatorMap = {} }: EntityProperty): string {
  const names = polymorphTargets.map(({ className }) => className);
  return `a ${names.join(' or ')}, or ['${Object.keys(discriminatorMap)[0]}', key],`;
}

/** Whether such a relation may refer to objects of a class. */
export function isOneOf({ discriminatorMap = {} }: EntityProperty, { class: type }: EntityMetadata): boolean {
  return QueryHelper.findDiscriminatorValue(discriminatorMap, type) !== undefined;
}

/** What such a relation refers to, given as an object or as the name of its class and its key; undefined if it is neither. */
export function readSeveral(prop: EntityProperty, value: unknown): PolymorphicRef | undefined {
  if (value instanceof PolymorphicRef) return value;
  const classes: Readonly<Record<string, unknown>> = prop.discriminatorMap ?? {};
  if (isEntity(value)) {
    const type = QueryHelper.findDiscriminatorValue(classes, metaOf(value).class);
    const parts = keyPartsOf(value).flat(Infinity);
    return type === undefined ? undefined : new PolymorphicRef(type, parts.length === 1 ? parts[0] : parts);
  }
  const [name, ...key] = Array.isArray(value) ? (value.flat(Infinity) as unknown[]) : [];
  const isKey = key.length === prop.fieldNames.length - 1 && key.every(part => part != null);
  if (typeof name !== 'string' || !Object.hasOwn(classes, name) || !isKey) return undefined;
  return new PolymorphicRef(name, key.length === 1 ? key[0] : key);
}

/**
 * The data that an object is given, with references in the place of names of classes and keys. MikroORM would refer to the
 * first of the classes.
 *
 * @throws MikroscopeError `InvalidValue` of what is neither an object nor that
 */
export function referToSeveral(em: SqlEm, meta: EntityMetadata, data: object): object {
  const read: Data = {};
  for (const prop of meta.relations.filter(isToSeveral)) {
    const value: unknown = Reference.unwrapReference(Reflect.get(data, prop.name) as object);
    if (value == null || isEntity(value)) continue;
    const { discriminator, id } = readSeveral(prop, value) ?? {};
    const type = prop.discriminatorMap?.[discriminator ?? ''];
    if (type === undefined) throw unfitFor(`${meta.className}.${prop.name}`, kindOfSeveral(prop), value);
    read[prop.name] = em.getReference(type as EntityClass<object>, id as never);
  }
  return Object.keys(read).length === 0 ? data : { ...data, ...read };
}

/** The error for what a relation is given and cannot refer to. */
export function unfitFor(path: string, kind: string, value: unknown): MikroscopeError {
  const shown = isEntity(value)
    ? `a ${metaOf(value).className}`
    : inspect(value, { depth: 1, breakLength: Infinity });
  return new MikroscopeError('InvalidValue', `${path} is ${kind} and cannot hold ${shown}`);
}

/** Has null empty all columns of a relation to one of several classes. MikroORM empties the one that names the class alone. */
export function emptyAllColumns(orm: MikroORM): void {
  const all: EntityMetadata[] = [...orm.getMetadata().getAll().values()];
  if (mended.has(orm.driver) || !all.some(({ relations }) => relations.some(isToSeveral))) return;
  mended.add(orm.driver);
  replaceMethod<MapData>(orm.driver, 'mapDataToFieldNames', map => (data, stringifies, props, ...rest) => {
    const emptied = Object.keys(data ?? {}).filter(name => {
      const prop = props !== undefined && Object.hasOwn(props, name) ? props[name] : undefined;
      return prop !== undefined && data?.[name] == null && isToSeveral(prop);
    });
    const mapped = map(data, stringifies, props, ...rest);
    for (const name of emptied)
      for (const column of props?.[name]?.fieldNames ?? []) (mapped as Data)[column] = null;
    return mapped;
  });
}
