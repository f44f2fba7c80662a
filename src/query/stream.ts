import type { EntityMetadata } from '@mikro-orm/core';
import { setImmediate } from 'node:timers/promises';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { isPersistent } from '../unit-of-work/object-states.ts';
import { keyCondition, limits, mayRepeat, orderBy, plainKey, type QueryPlan, where } from './plan.ts';

const BATCH = 500;

interface Batch<T> {
  readonly rows: readonly T[];
  /** To be called when the loop is done with the rows. */
  readonly release: () => void;
}

/** What a stream needs of the session. */
export interface Source<T> {
  readonly em: SqlEm;
  readonly meta: EntityMetadata;
  /** Flushes, and reads rows that nobody but the loop holds. */
  read(plan: QueryPlan): Promise<Batch<T>>;
  /** Runs a query of no entities. */
  ask<R>(query: () => Promise<R>): Promise<R>;
}

/**
 * The rows of a query, in batches. Each batch is found by its keys and not by a count of rows, so that none is left
 * out or comes twice when the loop commits, removes or adds; what it adds does not come.
 */
export async function* stream<T extends object>(
  source: Source<T>,
  plan: QueryPlan,
): AsyncGenerator<T, void, undefined> {
  const key = plan.orderBy.length === 0 ? plainKey(source.meta) : undefined;
  for await (const { rows, release } of key === undefined
    ? byKeys(source, plan)
    : afterKey(source, plan, key)) {
    try {
      // The loop may have removed a row that was still to come.
      for (const row of rows) if (isPersistent(source.em, row)) yield row;
    } finally {
      release();
    }
    // What a weak reference was asked for is not let go before the program has waited for something real.
    await setImmediate();
  }
}

/** In the order of the key, each batch begins after the last key of the one before. */
async function* afterKey<T extends object>(
  source: Source<T>,
  plan: QueryPlan,
  key: string,
): AsyncGenerator<Batch<T>, void, undefined> {
  let left = plan.limit ?? Infinity;
  let next = plan;
  let end: object | undefined;
  while (left > 0) {
    const limit = Math.min(BATCH, left);
    const batch = await source.read({ ...next, limit });
    const last = batch.rows.at(-1);
    left = batch.rows.length < limit ? 0 : left - limit;
    if (last !== undefined && left > 0) {
      end ??= { [key]: { $lte: await lastKey(source, plan, key) } };
      const after = { [key]: { $gt: Reflect.get(last, key) as unknown } };
      const { offset: _, ...rest } = plan;
      next = { ...rest, where: [...plan.where, after, end] };
    }
    yield batch;
  }
}

async function lastKey(source: Source<object>, plan: QueryPlan, key: string): Promise<unknown> {
  const [last] = await keys(source, {
    where: plan.where,
    orderBy: [{ [key]: 'desc' }],
    populate: [],
    limit: 1,
  });
  return fromDatabase(source.em, source.meta, key, last);
}

/**
 * In any other order the keys are read first, in that order: the loop may change what it is ordered by. They take some
 * bytes a row.
 */
async function* byKeys<T extends object>(
  source: Source<T>,
  plan: QueryPlan,
): AsyncGenerator<Batch<T>, void, undefined> {
  const { em, meta } = source;
  const { limit: _limit, offset: _offset, ...rest } = plan;
  const all = await keys(source, plan);
  const width = meta.primaryKeys.length;
  for (let i = 0; i < all.length; i += BATCH * width) {
    const some = all
      .slice(i, i + BATCH * width)
      .map((value, j) => fromDatabase(em, meta, meta.primaryKeys[j % width] ?? '', value));
    const [name = ''] = meta.primaryKeys;
    const condition = meta.compositePK
      ? { $or: some.flatMap((_, j) => (j % width ? [] : [keyCondition(meta, some.slice(j, j + width))])) }
      : { [name]: { $in: some } };
    yield await source.read({ ...rest, where: [...plan.where, condition] });
  }
}

/** The values of the primary keys one after another, row after row, as the database gives them. */
async function keys(source: Source<object>, plan: QueryPlan): Promise<unknown[]> {
  const { em, meta } = source;
  const builder = em.createQueryBuilder(meta.class).select(meta.primaryKeys as never);
  builder.where(where(plan) as never).orderBy(orderBy(meta, plan) as never);
  const { limit, offset } = limits(em, plan);
  if (limit !== undefined) builder.limit(limit);
  if (offset !== undefined) builder.offset(offset);
  await builder.applyFilters();
  return source.ask(async () => {
    const found: unknown[] = [];
    const seen = mayRepeat(meta, plan) ? new Set<string>() : undefined;
    const sql = builder.getFormattedQuery();
    // A stream, as the rows of an answer take ten times the place of the keys in them.
    const rows = em.getConnection().stream<object>(sql, [], em.getTransactionContext());
    try {
      for await (const row of rows) {
        const values: unknown[] = Object.values(row).slice(0, meta.primaryKeys.length);
        if (seen?.has(values.join(' '))) continue;
        seen?.add(values.join(' '));
        found.push(...values);
      }
    } catch (error) {
      throw em
        .getPlatform()
        .getExceptionConverter()
        .convertException(error as Error);
    }
    return found;
  });
}

function fromDatabase(em: SqlEm, meta: EntityMetadata, name: string, value: unknown): unknown {
  const { customType } = Reflect.get(meta.properties, name);
  return customType === undefined ? value : customType.convertToJSValue(value, em.getPlatform());
}
