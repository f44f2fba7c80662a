import type { EntityClass, EntityMetadata } from '@mikro-orm/core';
import { inspect, types } from 'node:util';
import { MikroscopeError } from '../errors.ts';
import { visible } from '../visible.ts';
import { isPlainObject, resolve } from '../entity/properties.ts';
import { assertNoView } from '../mikro-orm/views.ts';
import { readConditions } from './conditions.ts';
import { readNewValues } from './new-values.ts';
import { guardMethods } from './guard-methods.ts';
import { noList, partOfList } from './no-list.ts';
import { type Order, readOrders } from './orders.ts';
import { type Page, type PageOptions, readPage, wholeNumber } from './page.ts';
import type { QueryPlan } from './plan.ts';
import type { QueryRunner } from './runner.ts';

/**
 * A query of the rows of one entity, as Flask-SQLAlchemy's `Model.query` is. It is immutable: every step returns a new
 * query. SQL runs when rows or counts are asked for, and never when a query is shown, which shows its SQL.
 *
 * Whatever runs SQL flushes what is staged first, and so may throw what `session.flush()` throws. Without an order, rows
 * come in the order of their primary keys.
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

  /** The class of the entities that the query finds. */
  get entity(): EntityClass<T> {
    return this.#meta.class;
  }

  /**
   * Keeps the rows whose fields have these values; `null` means IS NULL. Several conditions are combined with AND.
   *
   * @throws MikroscopeError `UnknownProperty`, `InvalidValue` for what the property cannot hold, `BadArgument` for anything
   * but an object, `InvalidQuery` after `limit()` or `offset()`
   *
   * @example
   * await session.query(Post).filterBy({ author: corey, title: 'Blog 1' }).all();
   */
  filterBy(values: object): Query<T> {
    return this.#filtered('filterBy', values);
  }

  /**
   * Keeps the rows that meet conditions in MikroORM's form.
   *
   * @throws MikroscopeError as {@link filterBy} does
   *
   * @example
   * await session.query(Post).filter({ id: { $gt: 3 }, author: { username: 'Corey' } }).all();
   */
  filter(conditions: object): Query<T> {
    return this.#filtered('filter', conditions);
  }

  /**
   * Orders the rows; a later order breaks the ties of an earlier one.
   *
   * @param orders `'username'`, `'username desc'`, `'-username'`, `'author.username'` or `{ author: { username: 'desc' } }`
   * @throws MikroscopeError `UnknownProperty`, `BadArgument` for anything that is not an order
   */
  orderBy(...orders: Order[]): Query<T> {
    return this.#with({ orderBy: [...this.#plan.orderBy, ...readOrders(this.#meta, orders)] });
  }

  /** Takes at most so many rows. @throws MikroscopeError `BadArgument` for anything but a whole number of at least 0 */
  limit(count: number): Query<T> {
    return this.#with({ limit: wholeNumber('limit', count) });
  }

  /** Skips so many rows. @throws MikroscopeError `BadArgument` for anything but a whole number of at least 0 */
  offset(count: number): Query<T> {
    return this.#with({ offset: wholeNumber('offset', count) });
  }

  /** Counts and limits each row once, also where conditions on a relation match it several times. */
  distinct(): Query<T> {
    return this.#with({ distinct: true });
  }

  /**
   * Loads relations with the rows.
   *
   * @param relations names or paths, as `'author'` or `'posts.comments'`
   * @throws MikroscopeError `UnknownProperty`
   */
  populate(...relations: string[]): Query<T> {
    for (const relation of relations) resolve(this.#meta, relation);
    return this.#with({ populate: [...this.#plan.populate, ...relations] });
  }

  /**
   * Code that takes a query for a list, as `Array.from` does, would find none without a word.
   *
   * @throws MikroscopeError `InvalidQuery`
   */
  get length(): never {
    throw noList('length');
  }

  /** @throws MikroscopeError `InvalidQuery` for a query in what becomes JSON */
  toJSON(): never {
    throw noList('rows of its own');
  }

  /** All rows. */
  all(): Promise<T[]> {
    return this.#runner.find(this.#meta, this.#plan);
  }

  /** The first row, or null. */
  async first(): Promise<T | null> {
    const limit = Math.min(1, this.#plan.limit ?? 1);
    const [row] = await this.#runner.find(this.#meta, { ...this.#plan, limit });
    return row ?? null;
  }

  /** The first row. @throws MikroscopeError `NotFound` if there is none */
  async firstOrFail(): Promise<T> {
    return (await this.first()) ?? this.#notFound();
  }

  /** The only row. @throws MikroscopeError `NotFound` if there is none, `MultipleRows` if there are several */
  async one(): Promise<T> {
    return (await this.oneOrNone()) ?? this.#notFound();
  }

  /** The only row, or null. @throws MikroscopeError `MultipleRows` if there are several */
  async oneOrNone(): Promise<T | null> {
    const limit = Math.min(2, this.#plan.limit ?? 2);
    const rows = await this.#runner.find(this.#meta, { ...this.#plan, limit });
    if (rows.length > 1) {
      throw new MikroscopeError(
        'MultipleRows',
        `More than one ${this.#meta.className} matches`,
        'first() takes the first; filterBy() narrows the query down.',
      );
    }
    return rows[0] ?? null;
  }

  /**
   * The entity with a primary key, or null; a list or an object of its parts if there are several. Runs no SQL if it is
   * loaded.
   *
   * @throws MikroscopeError `BadArgument` if parts of the key are missing, `InvalidQuery` after other conditions
   */
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

  /** The entity with a primary key. @throws MikroscopeError `NotFound` if there is none, and as {@link get} does */
  async getOrFail(key: unknown): Promise<T> {
    const found = await this.get(key);
    if (found !== null) return found;
    throw new MikroscopeError(
      'NotFound',
      `There is no ${this.#meta.className} with the primary key ${inspect(key)}`,
    );
  }

  /** How many rows there are, within `limit()` and `offset()`. */
  count(): Promise<number> {
    return this.#runner.count(this.#meta, this.#plan);
  }

  /** Whether there is a row. */
  async exists(): Promise<boolean> {
    return (
      (await this.#runner.count(this.#meta, { ...this.#plan, limit: Math.min(1, this.#plan.limit ?? 1) })) > 0
    );
  }

  /**
   * One page of the rows, as Flask-SQLAlchemy's `paginate()` gives it.
   *
   * @param options the first page of 20 rows by default
   * @throws MikroscopeError `NotFound` past the last page, unless `errorOut` is false; `BadArgument`, `UnknownProperty` for
   * other options; `InvalidQuery` after `limit()` or `offset()`
   *
   * @example
   * const { items, pages } = await session.query(Post).paginate({ page: 2, perPage: 5 });
   */
  async paginate(options: PageOptions = {}): Promise<Page<T>> {
    if (this.#plan.limit !== undefined || this.#plan.offset !== undefined) throw afterLimit('paginate');
    return readPage(
      options,
      () => this.count(),
      limits => this.#runner.find(this.#meta, { ...this.#plan, ...limits }),
    );
  }

  /**
   * Changes the matching rows with one UPDATE, which is not committed. Loaded objects show it when they are next looked at.
   *
   * @returns the number of rows
   * @throws MikroscopeError `UnknownProperty`, `InvalidValue`, `ValueTooLong`, `BadArgument` for what is no column,
   * `InvalidQuery` after `limit()`, `offset()` or `orderBy()`, `ReadOnly`; without conditions, what `confirm` throws to
   * refuse
   */
  update(values: object): Promise<number> {
    this.#assertBulk('update');
    return this.#runner.update(
      this.#meta,
      this.#plan,
      readNewValues(this.#runner.values, this.#meta, values),
    );
  }

  /**
   * Deletes the matching rows with one DELETE, which is not committed. Loaded objects of them are deleted, until `rollback()`.
   *
   * @returns the number of rows
   * @throws as {@link update} does
   */
  delete(): Promise<number> {
    this.#assertBulk('delete');
    return this.#runner.delete(this.#meta, this.#plan);
  }

  /** The SQL that `all()` would run, with its parameters in place. Runs nothing. */
  toSql(): string {
    return this.#runner.toSql(this.#meta, this.#plan);
  }

  /**
   * The rows one by one, read in batches of 500. Memory stays bounded however many there are: rows that neither the program
   * nor a change holds are released. The loop may change and remove rows, commit, clear the session, and break.
   *
   * @example
   * for await (const user of session.query(User)) user.email = user.email.toLowerCase();
   * await session.commit();
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    yield* this.#runner.stream(this.#meta, this.#plan);
  }

  toString(): string {
    return this.toSql();
  }

  [inspect.custom](): string {
    return visible(this.toSql());
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
    const read = readConditions(this.#runner.values, this.#meta, conditions);
    return this.#with({ where: [...this.#plan.where, read] });
  }

  /** This query in another session, given any query of the entity there. */
  rebindTo(other: Query<T>): Query<T> {
    return other.#with(this.#plan);
  }

  #with(change: Partial<QueryPlan>): Query<T> {
    return new Query(this.#runner, this.#meta, { ...this.#plan, ...change });
  }

  #assertBulk(method: string): void {
    assertNoView(this.#meta);
    const { limit, offset, orderBy } = this.#plan;
    if (limit === undefined && offset === undefined && orderBy.length === 0) return;
    throw new MikroscopeError(
      'InvalidQuery',
      `${method}() would touch more rows than the query shows: it ignores limit(), offset() and orderBy()`,
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

guardMethods(Query.prototype, isQuery);

function afterLimit(method: string): MikroscopeError {
  return new MikroscopeError(
    'InvalidQuery',
    `${method}() cannot come after limit() or offset()`,
    `Put ${method}() before limit().`,
  );
}

/** Whether a value is a query. A proxy is none, and does not hear of the question, nor what inherits from one. */
export function isQuery(value: unknown): value is Query<object> {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  return Object.getPrototypeOf(value) === Query.prototype;
}

/**
 * Refuses to read a query as if it were a list.
 *
 * @throws MikroscopeError `InvalidQuery` for the length, an item or a method of lists
 */
export function assertNoList(object: unknown, key: PropertyKey): void {
  const part = partOfList(key);
  if (part !== undefined && isQuery(object) && (part === 'length' || !(key in object))) throw noList(part);
}
