import { Collection, type EntityMetadata, LoadStrategy, QueryFlag, Reference } from '@mikro-orm/core';
import { listOrder } from '../entity/list-order.ts';
import type { AttemptedWrites } from '../flush-errors/attempted-writes.ts';
import { statementWrites } from '../flush-errors/statement-writes.ts';
import { asRecorded } from '../mikro-orm/other-writes.ts';
import { defaultFilters, filtersOfReferred } from '../mikro-orm/default-filters.ts';
import { sameRows, selection } from '../mikro-orm/selection.ts';
import { baseTable } from '../mikro-orm/class-tables.ts';
import { isLoaded } from '../mikro-orm/entity-state.ts';
import type { Confirmation } from '../unit-of-work/confirmation.ts';
import type { CallGate } from '../unit-of-work/call-gate.ts';
import type { TransactionCall } from '../unit-of-work/transaction-states.ts';
import { assertKeysUnknown } from '../unit-of-work/known-keys.ts';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.ts';
import { assertInDatabase } from './conditions.ts';
import { isDistinct, isUnconditional, keyCondition, limits, orderBy, type QueryPlan, where } from './plan.ts';
import { refusedQuery } from './refused-query.ts';
import { stream } from './stream.ts';
import { tableFor } from './table-for.ts';
import { nameOfProperty, type Values } from '../entity/values/values.ts';
import { resolve } from '../entity/properties.ts';

/** Runs queries: flushes what is staged first, and keeps track of what they read. */
export class QueryRunner {
  readonly #unit: UnitOfWork;
  readonly #gate: CallGate;
  readonly #confirmation: Confirmation;
  /** What the properties of entities take. */
  readonly values: Values;

  /** @param confirmation asked before every row of a table is changed or deleted */
  constructor(unit: UnitOfWork, gate: CallGate, confirmation: Confirmation, values: Values) {
    this.values = values;
    this.#unit = unit;
    this.#gate = gate;
    this.#confirmation = confirmation;
  }

  find<T extends object>(meta: EntityMetadata<T>, plan: QueryPlan): Promise<T[]> {
    return this.#query(meta, () => this.#find(meta, plan), plan);
  }

  get<T extends object>(
    meta: EntityMetadata<T>,
    key: unknown,
    populate: readonly string[],
  ): Promise<T | null> {
    return this.#gate.run('query', async () => {
      // A foreign key may be NULL, and no row has that primary key.
      if (key === null) return null;
      const condition = this.#readKey(meta, key);
      const parts = Object.values(condition);
      const id = meta.compositePK ? parts : parts[0];
      const known = this.#unit.em.getUnitOfWork().getById(meta.class, id as never);
      if (known !== undefined && isLoaded(known)) {
        // Classes that share a table share its keys.
        if (!(known instanceof meta.class)) return null;
        if (populate.length === 0 && !this.#unit.expiry.isDeleted(known)) return known;
      }
      await this.#unit.flush('query');
      const [found] = await this.#unit.runRead(() =>
        this.#find(meta, {
          where: [condition],
          orderBy: [],
          populate,
          limit: 1,
        }),
      );
      return found ?? null;
    });
  }

  #readKey(meta: EntityMetadata, key: unknown): Readonly<Record<string, unknown>> {
    const entries = Object.entries(keyCondition(meta, key));
    return Object.fromEntries(
      entries.map(([name, part]) => [
        name,
        this.values.readField(resolve(meta, name), part, nameOfProperty(meta, name)),
      ]),
    );
  }

  count<T extends object>(meta: EntityMetadata<T>, plan: QueryPlan): Promise<number> {
    return this.#query(
      meta,
      async () => {
        if (plan.limit === undefined && plan.offset === undefined) {
          if (plan.distinct === true) return this.#countDistinct(meta, plan);
          return this.#unit.em.count(meta.class, where(plan), { flushMode: 'commit' } as never);
        }
        const keys = await selection(
          this.#unit.em,
          meta,
          where(plan),
          this.#options(meta, { ...plan, populate: [] }),
        );
        const rows = await keys.execute<object[]>('all', { mapResults: false });
        return new Set(rows.map(row => Object.values(row).slice(0, meta.primaryKeys.length).join(' '))).size;
      },
      plan,
    );
  }

  update<T extends object>(meta: EntityMetadata<T>, plan: QueryPlan, values: object): Promise<number> {
    const { em } = this.#unit;
    const write = async () => {
      assertInDatabase(values);
      const rows = await sameRows(em, meta, where(plan));
      await assertKeysUnknown({ em, session: em, call: 'update' }, meta, rows, values);
      return em.nativeUpdate(tableFor(meta, values).class, rows, values);
    };
    const work = () => this.#bulk(meta, 'changed', plan, write, values);
    return isUnconditional(plan)
      ? this.#confirmation.confirmThen({ kind: 'update', entity: meta.className }, work)
      : work();
  }

  delete<T extends object>(meta: EntityMetadata<T>, plan: QueryPlan): Promise<number> {
    const { em } = this.#unit;
    const write = async () => em.nativeDelete(baseTable(meta).class, await sameRows(em, meta, where(plan)));
    const work = () => this.#bulk(meta, 'removed', plan, write);
    return isUnconditional(plan)
      ? this.#confirmation.confirmThen({ kind: 'delete', entity: meta.className }, work)
      : work();
  }

  toSql<T extends object>(meta: EntityMetadata<T>, plan: QueryPlan): string {
    const builder = this.#unit.em.createQueryBuilder(meta.class).select('*', isDistinct(meta, plan));
    const filters = defaultFilters(this.#unit.em, meta);
    const unknown = filters.unknown.map(name => [meta.className, name]);
    for (const [name, referred] of filtersOfReferred(this.#unit.em, meta)) {
      const conditions = { $and: referred.conditions };
      if (referred.conditions.length > 0)
        builder.innerJoin(name as never, builder.getNextAlias(name) as never, conditions as never);
      unknown.push(...referred.unknown.map(one => [`${meta.className}.${name}`, one]));
    }
    builder.where(where({ ...plan, where: [...filters.conditions, ...plan.where] }) as never);
    builder.orderBy(orderBy(meta, plan) as never);
    const { limit, offset } = limits(this.#unit.em, plan);
    if (limit !== undefined) builder.limit(limit);
    if (offset !== undefined) builder.offset(offset);
    const notes = unknown.map(
      ([of, name = '']) => ` /* and the filter '${name.replaceAll('*/', '* /')}' of ${of}, when it runs */`,
    );
    return builder.getFormattedQuery() + notes.join('');
  }

  /** The rows one by one, in bounded memory. */
  stream<T extends object>(meta: EntityMetadata<T>, plan: QueryPlan): AsyncGenerator<T, void, undefined> {
    const { em, weakRows } = this.#unit;
    const read = (part: QueryPlan) => {
      return this.#query(meta, async () => {
        const { result, batch } = await weakRows.collect(() => this.#find(meta, part));
        return { rows: result, release: () => weakRows.endBatch(batch) };
      });
    };
    return stream<T>({ em, meta, read, run: query => this.#query(meta, query) }, plan);
  }

  #query<T>(
    meta: EntityMetadata,
    work: () => Promise<T>,
    plan?: QueryPlan,
    call: TransactionCall = 'query',
    writes?: AttemptedWrites,
  ): Promise<T> {
    return this.#gate.run(call, async () => {
      await this.#unit.flush('query');
      if (plan !== undefined) assertInDatabase(plan.where);
      try {
        return await this.#unit.runRead(work, writes);
      } catch (error) {
        throw refusedQuery(this.#unit.em, meta, error);
      }
    });
  }

  async #find<T extends object>(meta: EntityMetadata<T>, plan: QueryPlan): Promise<T[]> {
    const { em, expiry } = this.#unit;
    const options = { ...this.#options(meta, plan), refresh: true };
    const found = (await em.find(meta.class, where(plan), options)) as T[];
    for (const entity of withPopulated(found, plan.populate)) expiry.markFresh(entity);
    for (const collection of populatedCollections(found, plan.populate)) expiry.markFresh(collection);
    return found;
  }

  async #countDistinct(meta: EntityMetadata, plan: QueryPlan): Promise<number> {
    const builder = await selection(this.#unit.em, meta, where(plan), { flushMode: 'commit' });
    return builder.getCount(meta.primaryKeys as never, true);
  }

  #options(meta: EntityMetadata, plan: QueryPlan): object {
    return {
      orderBy: orderBy(meta, plan),
      populate: plan.populate,
      // With `refresh`, MikroORM reads what it has joined once more.
      ...(plan.populate.length > 0
        ? { populateOrderBy: listOrder(meta, plan.populate), strategy: LoadStrategy.SELECT_IN }
        : {}),
      flushMode: 'commit',
      ...(isDistinct(meta, plan) ? { flags: [QueryFlag.DISTINCT] } : {}),
      ...limits(this.#unit.em, plan),
    };
  }

  #bulk(
    meta: EntityMetadata,
    change: 'changed' | 'removed',
    plan: QueryPlan,
    write: () => Promise<number>,
    values?: object,
  ): Promise<number> {
    return this.#query(
      meta,
      async () => {
        const count = await asRecorded(() => this.#unit.transaction.inSavepoint(write, rows => rows > 0));
        if (count === 0) return 0;
        await this.#unit.recordBulk(change, meta, count);
        return count;
      },
      plan,
      'update, delete',
      statementWrites(this.#unit.em, meta, where(plan), values),
    );
  }
}

function withPopulated(found: readonly object[], populate: readonly string[]): Iterable<object> {
  if (populate.length === 0) return found;
  const all = new Set(found);
  for (const path of populate) {
    let level: readonly object[] = found;
    for (const name of path.split('.')) {
      level = level.flatMap(entity => related(entity, name));
      for (const entity of level) all.add(entity);
    }
  }
  return all;
}

function related(entity: object, name: string): object[] {
  const value: unknown = Reference.unwrapReference(Reflect.get(entity, name) as object);
  if (value instanceof Collection) return value.getItems(false) as object[];
  return typeof value === 'object' && value !== null ? [value] : [];
}

function* populatedCollections(
  found: readonly object[],
  populate: readonly string[],
): Iterable<Collection<object>> {
  for (const path of populate) {
    let level: object[] = [...found];
    for (const name of path.split('.')) {
      for (const entity of level) {
        const value: unknown = Reflect.get(entity, name);
        if (value instanceof Collection) yield value as Collection<object>;
      }
      level = level.flatMap(entity => related(entity, name));
    }
  }
}
