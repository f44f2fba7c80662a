import type { EntityMetadata } from '@mikro-orm/core';
import { setImmediate } from 'node:timers/promises';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { selection } from '../mikro-orm/selection.ts';
import { Batch, type ReadRows, type Source } from './batch.ts';
import { keyCondition, limits, mayRepeat, orderBy, plainKey, type QueryPlan, where } from './plan.ts';

const rowsPerBatch = 500;

/**
 * The rows of a query, read in batches. Each batch is found by keys and not by an offset, so that no row is left out or
 * comes twice when the loop removes some. Rows that the loop adds do not come.
 */
export async function* stream<T extends object>(
  source: Source<T>,
  plan: QueryPlan,
): AsyncGenerator<T, void, undefined> {
  const key = plan.orderBy.length === 0 ? plainKey(source.meta) : undefined;
  for await (const rows of key === undefined ? byKeys(source, plan) : afterKey(source, plan, key)) {
    const batch = new Batch(source, rows, plan.populate);
    try {
      for (let i = 0; i < batch.length; i++) {
        const row = batch.at(i) ?? (await batch.again(i));
        if (row !== undefined) yield row;
      }
    } finally {
      batch.release();
    }
    // A row that a weak reference gave is kept until the event loop turns.
    await setImmediate();
  }
}

/** In the order of the key: each batch begins after the last key of the one before. */
async function* afterKey<T extends object>(
  source: Source<T>,
  plan: QueryPlan,
  key: string,
): AsyncGenerator<ReadRows<T>, void, undefined> {
  let left = plan.limit ?? Infinity;
  let next = plan;
  let end: object | undefined;
  while (left > 0) {
    const limit = Math.min(rowsPerBatch, left);
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
 * In any other order, which the loop may change: all keys are read first, which takes a few bytes for each row.
 */
async function* byKeys<T extends object>(
  source: Source<T>,
  plan: QueryPlan,
): AsyncGenerator<ReadRows<T>, void, undefined> {
  const { em, meta } = source;
  const { limit: _limit, offset: _offset, ...rest } = plan;
  const all = await keys(source, plan);
  const width = meta.primaryKeys.length;
  for (let i = 0; i < all.length; i += rowsPerBatch * width) {
    const some = all
      .slice(i, i + rowsPerBatch * width)
      .map((value, j) => fromDatabase(em, meta, meta.primaryKeys[j % width] ?? '', value));
    const [name = ''] = meta.primaryKeys;
    const condition = meta.compositePK
      ? { $or: some.flatMap((_, j) => (j % width ? [] : [keyCondition(meta, some.slice(j, j + width))])) }
      : { [name]: { $in: some } };
    yield await source.read({ ...rest, where: [...plan.where, condition] });
  }
}

/** The values of the primary keys as the database gives them, in one flat list. */
async function keys(source: Source<object>, plan: QueryPlan): Promise<unknown[]> {
  const { em, meta } = source;
  const builder = await selection(em, meta, where(plan), {
    orderBy: orderBy(meta, plan),
    flushMode: 'commit',
    ...limits(em, plan),
  });
  return source.run(async () => {
    const found: unknown[] = [];
    const seen = mayRepeat(meta, plan) ? new Set<string>() : undefined;
    const sql = builder.getFormattedQuery();
    // The rows of a whole answer would take ten times the memory of the keys in them.
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
