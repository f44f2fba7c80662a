import type { EntityClass, EntityMetadata } from '@mikro-orm/core';
import { inspect } from 'node:util';
import { MikroscopeError } from '../errors.ts';
import { assertConditions, isPlainObject, type Order, readOrders, resolve } from './conditions.ts';
import { type Page, type PageOptions, readPage, wholeNumber } from './page.ts';
import type { QueryPlan } from './plan.ts';
import type { QueryRunner } from './runner.ts';

/**
 * What to ask the database, put together step by step. Every step gives a new query; SQL runs only when rows or
 * numbers are asked for.
 *
 * @example
 * const corey = await session.query(User).filterBy({ username: 'Corey' }).first();
 * const newest = await session.query(Post).orderBy('-datePosted').limit(5).all();
 */
export class Query<T extends object> {
  readonly #runner: QueryRunner;
  readonly #meta: EntityMetadata<T>;
  readonly #plan: QueryPlan;

  constructor(
    runner: QueryRunner,
    meta: EntityMetadata<T>,
    plan: QueryPlan = { where: [], orderBy: [], populate: [] },
  ) {
    this.#runner = runner;
    this.#meta = meta;
    this.#plan = plan;
  }

  /** The entity that the query finds. */
  get entity(): EntityClass<T> {
    return this.#meta.class;
  }

  /** Keeps the rows whose fields have these values; `null` means IS NULL. Further conditions are ANDed. */
  filterBy(values: object): Query<T> {
    return this.#filtered('filterBy', values);
  }

  /** Keeps the rows that meet conditions in MikroORM's form: `filter({ id: { $gt: 3 } })`. */
  filter(conditions: object): Query<T> {
    return this.#filtered('filter', conditions);
  }

  /** `orderBy('username')`, `orderBy('-id')`, `orderBy({ author: { username: 'desc' } })`; the later breaks ties. */
  orderBy(...orders: Order[]): Query<T> {
    return this.#with({ orderBy: [...this.#plan.orderBy, ...readOrders(this.#meta, orders)] });
  }

  limit(count: number): Query<T> {
    return this.#with({ limit: wholeNumber('limit', count) });
  }

  offset(count: number): Query<T> {
    return this.#with({ offset: wholeNumber('offset', count) });
  }

  distinct(): Query<T> {
    return this.#with({ distinct: true });
  }

  /** Loads these relations with the rows: `populate('author')`, `populate('posts.comments')`. */
  populate(...relations: string[]): Query<T> {
    for (const relation of relations) resolve(this.#meta, relation);
    return this.#with({ populate: [...this.#plan.populate, ...relations] });
  }

  /** Every row. */
  all(): Promise<T[]> {
    return this.#runner.find(this.#meta, this.#plan);
  }

  /** The first row, or null. */
  async first(): Promise<T | null> {
    const limit = Math.min(1, this.#plan.limit ?? 1);
    const [row] = await this.#runner.find(this.#meta, { ...this.#plan, limit });
    return row ?? null;
  }

  /** The first row. @throws MikroscopeError `NotFound` */
  async firstOrFail(): Promise<T> {
    return (await this.first()) ?? this.#notFound();
  }

  /** The only row. @throws MikroscopeError `NotFound` or `MultipleRows` */
  async one(): Promise<T> {
    return (await this.oneOrNone()) ?? this.#notFound();
  }

  /** The only row, or null. @throws MikroscopeError `MultipleRows` */
  async oneOrNone(): Promise<T | null> {
    const limit = Math.min(2, this.#plan.limit ?? 2);
    const rows = await this.#runner.find(this.#meta, { ...this.#plan, limit });
    if (rows.length > 1) {
      throw new MikroscopeError(
        'MultipleRows',
        `More than one ${this.#meta.className} matches`,
        'first() takes the first; filterBy() narrows it down.',
      );
    }
    return rows[0] ?? null;
  }

  /** The entity with this primary key, or null; no SQL if it is loaded. */
  get(key: unknown): Promise<T | null> {
    if (this.#plan.where.length > 0 || this.#plan.limit !== undefined || this.#plan.offset !== undefined) {
      throw new MikroscopeError(
        'InvalidQuery',
        'get() looks for a primary key and takes no other conditions',
        'Write filterBy({ … }).one().',
      );
    }
    return this.#runner.get(this.#meta, key, this.#plan.populate);
  }

  /** The entity with this primary key. @throws MikroscopeError `NotFound` */
  async getOrFail(key: unknown): Promise<T> {
    const found = await this.get(key);
    if (found !== null) return found;
    throw new MikroscopeError(
      'NotFound',
      `There is no ${this.#meta.className} with the primary key ${inspect(key)}`,
    );
  }

  /** How many rows. */
  count(): Promise<number> {
    return this.#runner.count(this.#meta, this.#plan);
  }

  async exists(): Promise<boolean> {
    return (
      (await this.#runner.count(this.#meta, { ...this.#plan, limit: Math.min(1, this.#plan.limit ?? 1) })) > 0
    );
  }

  /** One page. @throws MikroscopeError `NotFound` past the end, unless `errorOut` is false */
  async paginate(options: PageOptions = {}): Promise<Page<T>> {
    if (this.#plan.limit !== undefined || this.#plan.offset !== undefined) throw afterLimit('paginate');
    return readPage(
      options,
      () => this.count(),
      limits => this.#runner.find(this.#meta, { ...this.#plan, ...limits }),
    );
  }

  /** Changes the matching rows with one UPDATE, not committed; the number of rows. Loaded objects show it. */
  update(values: object): Promise<number> {
    this.#assertBulk('update');
    assertConditions(this.#meta, values);
    return this.#runner.update(this.#meta, this.#plan, values);
  }

  /** Deletes the matching rows with one DELETE, not committed; the number of rows. */
  delete(): Promise<number> {
    this.#assertBulk('delete');
    return this.#runner.delete(this.#meta, this.#plan);
  }

  /** The SQL that `all()` would run, parameters in place. Runs nothing. */
  toSql(): string {
    return this.#runner.toSql(this.#meta, this.#plan);
  }

  /**
   * Rows in batches: memory stays bounded however many there are, and what neither the program holds nor a change
   * is let go. The loop may change, remove, commit and break as it likes.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    yield* this.#runner.stream(this.#meta, this.#plan);
  }

  toString(): string {
    return this.toSql();
  }

  [inspect.custom](): string {
    return this.toSql();
  }

  #filtered(method: string, conditions: object): Query<T> {
    if (this.#plan.limit !== undefined || this.#plan.offset !== undefined) throw afterLimit(method);
    if (!isPlainObject(conditions)) {
      throw new MikroscopeError(
        'BadArgument',
        `${method}() takes an object of fields and values`,
        `Write ${method}({ ${Object.keys(this.#meta.properties)[1] ?? 'name'}: … }).`,
      );
    }
    assertConditions(this.#meta, conditions);
    return this.#with({ where: [...this.#plan.where, conditions] });
  }

  /** The same question to another session, where `other` is any query of the entity there. */
  askedOf(other: Query<T>): Query<T> {
    return other.#with(this.#plan);
  }

  #with(change: Partial<QueryPlan>): Query<T> {
    return new Query(this.#runner, this.#meta, { ...this.#plan, ...change });
  }

  #assertBulk(method: string): void {
    const { limit, offset, orderBy } = this.#plan;
    if (limit === undefined && offset === undefined && orderBy.length === 0) return;
    throw new MikroscopeError(
      'InvalidQuery',
      `${method}() would touch more rows than the query shows: it knows no limit(), offset() or orderBy()`,
      'Narrow it down with filterBy().',
    );
  }

  #notFound(): never {
    throw new MikroscopeError(
      'NotFound',
      `No ${this.#meta.className} matches`,
      'first() gives null instead.',
    );
  }
}

function afterLimit(method: string): MikroscopeError {
  return new MikroscopeError(
    'InvalidQuery',
    `${method}() cannot come after limit() or offset()`,
    `Put ${method}() before limit().`,
  );
}
