import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import { inspect } from 'node:util';
import { assertProperty } from '../entity/properties.ts';
import { MikroscopeError } from '../errors.ts';
import { hasKey, isEntity, metaOf } from '../mikro-orm/entity-state.ts';

/**
 * @throws MikroscopeError `UnknownProperty` for a condition on a property that the entity, or a related one, does not have
 */
export function assertConditions(meta: EntityMetadata, conditions: unknown): void {
  if (Array.isArray(conditions)) {
    for (const condition of conditions) assertConditions(meta, condition);
    return;
  }
  if (!isPlainObject(conditions)) return;
  for (const [name, value] of Object.entries(conditions)) {
    if (name.startsWith('$')) {
      assertConditions(meta, value);
      continue;
    }
    const prop = resolve(meta, name);
    if (prop?.targetMeta !== undefined && isPlainObject(value)) assertConditions(prop.targetMeta, value);
  }
}

/**
 * @throws MikroscopeError `BadArgument` for a condition on an entity without a key, which MikroORM would look for as NULL
 */
export function assertInDatabase(conditions: unknown): void {
  if (Array.isArray(conditions) || isPlainObject(conditions)) {
    for (const value of Object.values(conditions)) assertInDatabase(value);
  } else if (isEntity(conditions) && !hasKey(conditions)) {
    throw new MikroscopeError(
      'BadArgument',
      `This ${metaOf(conditions).className} is not in the database, so nothing there refers to it`,
      'add() it first.',
    );
  }
}

/** @throws MikroscopeError `BadArgument` unless these are fields with their new values */
export function assertValues({ properties, className }: EntityMetadata, values: unknown): void {
  if (isPlainObject(values) && Object.keys(values).length > 0) return;
  throw new MikroscopeError(
    'BadArgument',
    `update() takes an object of fields of ${className} and their new values`,
    `Write update({ ${Object.keys(properties)[1] ?? 'name'}: … }).`,
  );
}

/** One order: `'username'`, `'username desc'`, `'-username'`, `'author.username'` or `{ username: 'desc' }`. */
export type Order = string | Readonly<Record<string, unknown>>;

/** The orders in MikroORM's form. @throws MikroscopeError `BadArgument`, `UnknownProperty` */
export function readOrders(meta: EntityMetadata, orders: readonly Order[]): object[] {
  const hint = "Write orderBy('name') or orderBy({ name: 'desc' }).";
  if (orders.length === 0)
    throw new MikroscopeError('BadArgument', 'orderBy() needs a field to order by', hint);
  return orders.map(order => {
    const read = typeof order === 'string' ? readText(order) : order;
    if (!isPlainObject(read) || Object.keys(read).length === 0)
      throw new MikroscopeError('BadArgument', `orderBy() cannot order by ${inspect(order)}`, hint);
    assertOrder(meta, read);
    return read;
  });
}

function readText(text: string): Record<string, unknown> {
  const match = /^\s*(-?)([\w$.]+)(?:\s+(asc|desc))?\s*$/i.exec(text);
  if (match === null) {
    throw new MikroscopeError(
      'BadArgument',
      `orderBy() cannot read '${text}'`,
      "Write orderBy('name') or orderBy('name desc').",
    );
  }
  const direction = match[1] === '-' || match[3]?.toLowerCase() === 'desc' ? 'desc' : 'asc';
  const path = (match[2] ?? '').split('.');
  return path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), direction) as Record<
    string,
    unknown
  >;
}

function assertOrder(meta: EntityMetadata, order: object): void {
  for (const [name, value] of Object.entries(order)) {
    const prop = resolve(meta, name);
    if (isPlainObject(value) && prop?.targetMeta !== undefined) assertOrder(prop.targetMeta, value);
    else if (typeof value !== 'number' && !/^(asc|desc)( nulls (first|last))?$/i.test(String(value))) {
      throw new MikroscopeError(
        'BadArgument',
        `orderBy() takes 'asc' or 'desc' for ${name}, and got ${String(value)}`,
      );
    }
  }
}

/** The property at a name such as `username` or `author.username`. */
export function resolve(meta: EntityMetadata, path: string): EntityProperty | undefined {
  let current: EntityMetadata | undefined = meta;
  let prop: EntityProperty | undefined;
  for (const name of path.split('.')) {
    if (current === undefined) return prop;
    const properties = current.properties as Record<string, EntityProperty>;
    if (!Object.hasOwn(properties, name)) {
      // MikroORM lists the fields of embedded objects a second time.
      const known = Object.values(properties).filter(({ embedded }) => embedded === undefined);
      assertProperty(
        current.className,
        name,
        known.map(one => one.name),
      );
    }
    prop = properties[name];
    current = prop?.targetMeta;
  }
  return prop;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object typed at the prompt has the Object of another realm.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
