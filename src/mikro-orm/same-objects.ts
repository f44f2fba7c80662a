import { type EntityMetadata, type EntityProperty, helper, ReferenceKind } from '@mikro-orm/core';
import { isDeepStrictEqual } from 'node:util';
import { changedFields } from './changed-fields.ts';
import type { SqlEm } from './orm.ts';

type Data = Record<string, unknown>;

/** What is in a field as a row has filled it, and not as somebody has assigned it, with the entity that has it. */
const read = new WeakMap<object, object>();

/**
 * Remembers the values of an entity that can be changed in place. MikroORM reads others in their place, and what is changed of
 * one that somebody has would be written by nobody.
 *
 * @returns gives the entity the objects of before again, where what was read since is the same; lists of embedded objects, and
 * what is in them, become what was read at their places
 */
export function keepObjects(em: SqlEm, entity: object, meta: EntityMetadata): () => void {
  // What was never read holds nothing.
  if (helper(entity).__originalEntityData === undefined) return () => {};
  const kept = openIn(meta).flatMap(({ prop, isList }) => {
    const holder = holderOf(entity, meta, prop);
    const value: unknown = holder?.[nameIn(prop)];
    return typeof value === 'object' && value !== null ? [{ prop, value, isList }] : [];
  });
  const lists = kept.filter(({ isList, value }) => isList && !read.has(value));
  if (lists.length > 0) {
    const changed = changedFields(em, entity);
    for (const { prop, value } of lists)
      if (!changed.includes(rootOf(meta, prop).name)) markRead(entity, prop, value);
  }
  return () => {
    for (const { prop, value, isList } of kept) {
      const holder = holderOf(entity, meta, prop);
      const name = nameIn(prop);
      const now = holder?.[name];
      if (holder === undefined || now === value) continue;
      if (isList) holder[name] = readInto(entity, prop, value, now);
      else if (isDeepStrictEqual(now, value)) holder[name] = value;
    }
    for (const { prop, isList } of kept)
      if (isList) markRead(entity, prop, holderOf(entity, meta, prop)?.[nameIn(prop)]);
  };
}

/** A property with a value that can be changed in place. */
interface Open {
  readonly prop: EntityProperty;
  /** Whether it is a list of embedded objects. */
  readonly isList: boolean;
}

const open = new WeakMap<EntityMetadata, readonly Open[]>();

function openIn(meta: EntityMetadata): readonly Open[] {
  let known = open.get(meta);
  if (known === undefined) {
    known = meta.props.flatMap(prop => {
      const isList = prop.kind === ReferenceKind.EMBEDDED && prop.array === true;
      const isPlain = ['string', 'number', 'boolean', 'bigint'].includes(prop.runtimeType);
      const isOpen = prop.kind === ReferenceKind.SCALAR && prop.ref !== true && !isPlain;
      return isList || isOpen ? [{ prop, isList }] : [];
    });
    open.set(meta, known);
  }
  return known;
}

/** What has a property: the entity's own data, or an embedded object. */
function holderOf(entity: object, meta: EntityMetadata, { embedded }: EntityProperty): Data | undefined {
  if (embedded === undefined) return helper(entity).__data as Data;
  const outer: EntityProperty = Reflect.get(meta.properties, embedded[0]);
  const value: unknown = holderOf(entity, meta, outer)?.[nameIn(outer)];
  return isObject(value) ? value : undefined;
}

function nameIn({ embedded, name }: EntityProperty): string {
  return embedded?.[1] ?? name;
}

function rootOf(meta: EntityMetadata, prop: EntityProperty): EntityProperty {
  return prop.embedded === undefined ? prop : rootOf(meta, Reflect.get(meta.properties, prop.embedded[0]));
}

/** What is in a field, as far as it is embedded; what another entity has, too, is that one's. */
function markRead(entity: object, prop: EntityProperty, value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  if (!read.has(value)) read.set(value, entity);
  if (Array.isArray(value)) for (const item of value) markRead(entity, prop, item);
  else
    for (const [name, inner] of Object.entries(prop.embeddedProps))
      if (inner.kind === ReferenceKind.EMBEDDED) markRead(entity, inner, Reflect.get(value, name));
}

/** What was read, as the object or list of before if it can be that. */
function readInto(entity: object, prop: EntityProperty, before: unknown, now: unknown): unknown {
  if (typeof before !== 'object' || before === null || read.get(before) !== entity) return now;
  if (Array.isArray(before) && Array.isArray(now)) {
    const used = new Set<unknown>();
    const items = now.map((item: unknown, index) => {
      const one: unknown = before[index];
      if (used.has(one)) return item;
      used.add(one);
      return readInto(entity, prop, one, item);
    });
    before.splice(0, before.length, ...items);
    return before;
  }
  if (!isObject(before) || !isObject(now)) return now;
  if (Object.getPrototypeOf(before) !== Object.getPrototypeOf(now)) return now;
  for (const [name, inner] of Object.entries(prop.embeddedProps)) {
    if (!(name in now)) delete before[name];
    else
      before[name] =
        inner.kind === ReferenceKind.EMBEDDED ? readInto(entity, inner, before[name], now[name]) : now[name];
  }
  return before;
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
