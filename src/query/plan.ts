import { type EntityMetadata, ReferenceKind } from '@mikro-orm/core';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { MikroscopeError } from '../errors.ts';
import { dialectOf } from '../dialects/index.ts';
import { isPlainObject } from '../entity/properties.ts';

/** A query as data. */
export interface QueryPlan {
  readonly where: readonly object[];
  readonly orderBy: readonly object[];
  readonly populate: readonly string[];
  readonly limit?: number;
  readonly offset?: number;
  readonly distinct?: boolean;
}

/** Rows come in the order of their keys unless another is asked for: PostgreSQL's own changes with every UPDATE. */
export function orderBy(meta: EntityMetadata, plan: QueryPlan): object[] {
  if (plan.orderBy.length > 0) return [...plan.orderBy];
  return meta.primaryKeys.map(key => ({ [key]: 'asc' }));
}

export function where(plan: QueryPlan): object {
  const [first, ...more] = plan.where;
  if (first === undefined) return {};
  return more.length === 0 ? first : { $and: plan.where };
}

/** Whether a query has no conditions. */
export function isUnconditional(plan: QueryPlan): boolean {
  return plan.where.every(conditions => Object.keys(conditions).length === 0);
}

/** The limit and the offset, in the form that the database takes. */
export function limits(em: SqlEm, { limit, offset }: QueryPlan): { limit?: number; offset?: number } {
  const isAlone = limit === undefined && offset !== undefined && dialectOf(em.getDriver()).offsetNeedsLimit;
  const least = isAlone ? Number.MAX_SAFE_INTEGER : limit;
  return {
    ...(least === undefined ? {} : { limit: least }),
    ...(offset === undefined ? {} : { offset }),
  };
}

/** @throws MikroscopeError `BadArgument` unless exactly the parts of the key are given */
export function keyCondition(meta: EntityMetadata, key: unknown): Readonly<Record<string, unknown>> {
  const names = meta.primaryKeys;
  const values = partsOf(names, key);
  if (values.length === names.length && values.every(value => value != null))
    return Object.fromEntries(names.map((name, i) => [name, values[i]]));
  const form =
    names.length === 1
      ? `The primary key of ${meta.className} is ${names[0]}`
      : `The primary key of ${meta.className} has ${names.length} parts`;
  throw new MikroscopeError(
    'BadArgument',
    key === undefined ? `get() needs the primary key of a ${meta.className}` : form,
    `Write get(${meta.className}, ${names.length === 1 ? names[0] : `[${names.join(', ')}]`}).`,
  );
}

function partsOf(names: readonly string[], key: unknown): readonly unknown[] {
  if (Array.isArray(key)) return key;
  return isPlainObject(key) ? names.map(name => key[name]) : [key];
}

/** The name of the primary key, if it is a single scalar field. */
export function plainKey(meta: EntityMetadata): string | undefined {
  const [name = ''] = meta.primaryKeys;
  const isPlain = !meta.compositePK && meta.properties[name as never]?.['kind'] === ReferenceKind.SCALAR;
  return isPlain ? name : undefined;
}

/**
 * Whether the SQL says DISTINCT. It cannot if the rows are ordered by a relation, whose fields are not selected, and need
 * not if a limit on conditions of a relation makes MikroORM group the rows. MikroORM makes one object of one row anyway.
 */
export function isDistinct(meta: EntityMetadata, plan: QueryPlan): boolean {
  if (plan.distinct !== true || plan.orderBy.some(order => usesRelation(meta, order))) return false;
  const isLimited = plan.limit !== undefined || plan.offset !== undefined;
  return !isLimited || !plan.where.some(condition => usesRelation(meta, condition));
}

/** Whether a row may come more than once, because conditions on a relation may match it several times. */
export function mayRepeat(meta: EntityMetadata, plan: QueryPlan): boolean {
  return [...plan.where, ...plan.orderBy].some(condition => usesRelation(meta, condition));
}

function usesRelation(meta: EntityMetadata, condition: unknown): boolean {
  if (Array.isArray(condition)) return condition.some(one => usesRelation(meta, one));
  if (typeof condition !== 'object' || condition === null) return false;
  return Object.entries(condition).some(([name, value]) => {
    if (name.startsWith('$')) return usesRelation(meta, value);
    return (
      name.includes('.') ||
      (Object.hasOwn(meta.properties, name) && Reflect.get(meta.properties, name).targetMeta !== undefined)
    );
  });
}
