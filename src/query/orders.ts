import type { EntityMetadata } from '@mikro-orm/core';
import { inspect } from 'node:util';
import { isPlainObject, resolve } from '../entity/properties.ts';
import { MikroscopeError } from '../errors.ts';

/** One order: `'username'`, `'username desc'`, `'-username'`, `'author.username'` or `{ username: 'desc' }`. */
export type Order = string | Readonly<Record<string, unknown>>;

/** The orders in MikroORM's form. @throws MikroscopeError `BadArgument`, `UnknownProperty` */
export function readOrders(meta: EntityMetadata, orders: readonly Order[]): object[] {
  const hint = "Write orderBy('name') or orderBy({ name: 'desc' }).";
  if (orders.length === 0)
    throw new MikroscopeError('BadArgument', 'orderBy() needs a field to order by', hint);
  return orders.map(order => {
    const read = typeof order === 'string' ? readText(order) : withoutPaths(order);
    if (!isPlainObject(read) || Object.keys(read).length === 0)
      throw new MikroscopeError('BadArgument', `orderBy() cannot order by ${inspect(order)}`, hint);
    assertOrder(meta, read);
    return read;
  });
}

/** `{ 'author.name': 'asc' }` is what `{ author: { name: 'asc' } }` is. */
function withoutPaths(order: unknown): unknown {
  if (!isPlainObject(order)) return order;
  return Object.fromEntries(
    Object.entries(order).map(([path, value]) => {
      const [name = '', ...rest] = path.split('.');
      return [name, rest.reduceRight<unknown>((inner, each) => ({ [each]: inner }), withoutPaths(value))];
    }),
  );
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
    else if (value !== 1 && value !== -1 && !/^(asc|desc)( nulls (first|last))?$/i.test(String(value))) {
      throw new MikroscopeError(
        'BadArgument',
        `orderBy() takes 'asc' or 'desc' for ${name}, and got ${String(value)}`,
      );
    }
  }
}
