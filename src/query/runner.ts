import { type EntityMetadata, helper, Collection, Reference } from '@mikro-orm/core';
import type { Turns } from '../session/turns.ts';
import type { Unit } from '../session/unit.ts';

/** A query as data. */
export interface QueryPlan {
  readonly where: readonly object[];
  readonly orderBy: readonly object[];
  readonly populate: readonly string[];
  readonly limit?: number;
  readonly offset?: number;
  readonly distinct?: boolean;
}

const BATCH = 500;

/** Runs queries on a session's unit of work: flushes what is staged first, and keeps what is loaded consistent. */
export class QueryRunner {
  readonly #unit: Unit;
  readonly #turns: Turns;

  constructor(unit: Unit, turns: Turns) {
    this.#unit = unit;
    this.#turns = turns;
  }

  find<T extends object>(meta: EntityMetadata<T>, plan: QueryPlan): Promise<T[]> {
    return this.#query(() => this.#find(meta, plan));
  }

  get<T extends object>(
    meta: EntityMetadata<T>,
    key: unknown,
    populate: readonly string[],
  ): Promise<T | null> {
    return this.#turns.run(async () => {
      if (key == null) return null;
      const known = this.#unit.em.getUnitOfWork().getById(meta.class, key as never);
      if (known !== undefined && helper(known).__initialized && populate.length === 0) return known;
      await this.#unit.flush('query');
      const [found] = await this.#unit.asking(() =>
        this.#find(meta, {
          where: [keyCondition(meta, key)],
          orderBy: [],
          populate,
          limit: 1,
        }),
      );
      return found ?? null;
    });
  }

  count<T extends object>(meta: EntityMetadata<T>, plan: QueryPlan): Promise<number> {
    return this.#query(async () => {
      if (plan.limit === undefined && plan.offset === undefined) {
        return this.#unit.em.count(meta.class, where(plan), { flushMode: 'commit' } as never);
      }
      const rows = await this.#unit.em.find(meta.class, where(plan), {
        ...this.#options(meta, { ...plan, populate: [] }),
        fields: meta.primaryKeys,
        disableIdentityMap: true,
      } as never);
      return rows.length;
    });
  }

  update<T extends object>(meta: EntityMetadata<T>, plan: QueryPlan, values: object): Promise<number> {
    return this.#bulk(meta, 'changed', () => this.#unit.em.nativeUpdate(meta.class, where(plan), values));
  }

  delete<T extends object>(meta: EntityMetadata<T>, plan: QueryPlan): Promise<number> {
    return this.#bulk(meta, 'removed', () => this.#unit.em.nativeDelete(meta.class, where(plan)));
  }

  toSql<T extends object>(meta: EntityMetadata<T>, plan: QueryPlan): string {
    const builder = this.#unit.em.createQueryBuilder(meta.class).select('*', plan.distinct);
    builder.where(where(plan) as never).orderBy(orderBy(meta, plan) as never);
    if (plan.limit !== undefined) builder.limit(plan.limit);
    if (plan.offset !== undefined) builder.offset(plan.offset);
    return builder.getFormattedQuery();
  }

  async *stream<T extends object>(
    meta: EntityMetadata<T>,
    plan: QueryPlan,
  ): AsyncGenerator<T, void, undefined> {
    const end = plan.limit === undefined ? Infinity : plan.limit;
    for (let done = 0; done < end;) {
      const limit = Math.min(BATCH, end - done);
      const rows = await this.find(meta, { ...plan, limit, offset: (plan.offset ?? 0) + done });
      yield* rows;
      done += rows.length;
      if (rows.length < limit) return;
    }
  }

  #query<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.run(async () => {
      await this.#unit.flush('query');
      return this.#unit.asking(work);
    });
  }

  async #find<T extends object>(meta: EntityMetadata<T>, plan: QueryPlan): Promise<T[]> {
    const { em, freshness } = this.#unit;
    const options = { ...this.#options(meta, plan), refresh: true };
    const found = (await em.find(meta.class, where(plan), options)) as T[];
    for (const entity of withPopulated(found, plan.populate)) freshness.refreshed(entity);
    for (const collection of populatedCollections(found, plan.populate)) freshness.refreshed(collection);
    return found;
  }

  #options(meta: EntityMetadata, plan: QueryPlan): object {
    return {
      orderBy: orderBy(meta, plan),
      populate: plan.populate,
      flushMode: 'commit',
      ...(plan.limit === undefined ? {} : { limit: plan.limit }),
      ...(plan.offset === undefined ? {} : { offset: plan.offset }),
    };
  }

  #bulk(meta: EntityMetadata, change: 'changed' | 'removed', write: () => Promise<number>): Promise<number> {
    return this.#query(async () => {
      await this.#unit.begin();
      const count = await write();
      this.#unit.journal.recordBulk(change, meta.className, count);
      this.#unit.freshness.expireAll();
      return count;
    });
  }
}

/** Rows come in the order of their keys unless another is asked for: PostgreSQL's own changes with every UPDATE. */
function orderBy(meta: EntityMetadata, plan: QueryPlan): object[] {
  if (plan.orderBy.length > 0) return [...plan.orderBy];
  return meta.primaryKeys.map(key => ({ [key]: 'asc' }));
}

function where(plan: QueryPlan): object {
  const [first, ...more] = plan.where;
  if (first === undefined) return {};
  return more.length === 0 ? first : { $and: plan.where };
}

function keyCondition(meta: EntityMetadata, key: unknown): object {
  if (!meta.compositePK) return { [meta.primaryKeys[0] ?? '']: key };
  const values: unknown[] = Array.isArray(key)
    ? key
    : meta.primaryKeys.map(name => Reflect.get(key as object, name));
  return Object.fromEntries(meta.primaryKeys.map((name, i) => [name, values[i]]));
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
