import type { EntityClass } from '@mikro-orm/core';
import { inspect } from 'node:util';
import { hasMigrations, type MigrationSummary } from '../schema/migrations.ts';
import type { Database } from '../database/open.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { SqlEm, SqlOrm } from '../mikro-orm/orm.ts';
import { hasSeeders } from '../schema/seeders.ts';
import { takingFields } from '../entity/construct.ts';
import { type HiddenProperties, hiddenProperties } from '../entity/hidden.ts';
import { installInspect } from '../entity/inspect.ts';
import { embeddableClasses, entityClasses, type EntitySummary, summarize } from '../entity/named.ts';
import { Query } from '../query/query.ts';
import type { SqlLog } from '../sql/log.ts';
import { assertEntity, assertEntityClass } from '../entity/assert-entity.ts';
import type { Confirm } from '../unit-of-work/confirmation.ts';
import { nested } from '../unit-of-work/nested.ts';
import { compose, type SessionParts } from './compose.ts';
import { newEntities } from '../unit-of-work/cascade.ts';
import { deletedEntities, dirtyEntities } from '../unit-of-work/changes.ts';
import type { ChangeReport, SchemaReport } from '../unit-of-work/report.ts';
import { rebind } from './rebind.ts';
import { withTimeout } from './with-timeout.ts';

/** What may be shown of a database; `dialect` is its name, as `postgresql`. */
interface DatabaseSummary extends Pick<Database, 'url' | 'name' | 'host' | 'readOnly' | 'sandbox'> {
  readonly dialect: string;
}

/** How long a connection may take to close, in milliseconds. */
const closeTimeoutMs = 5000;

/**
 * One long-lived unit of work on one database. Stage with `add` and `remove`, write with `commit`, take back with
 * `rollback`; what is loaded is read again after either.
 *
 * @example
 * const session = await openSession({ url: 'sqlite::memory:' });
 * await session.createAll();
 * session.add(new User({ username: 'Corey', email: 'c@demo.com', password: 'password' }));
 * String(await session.commit()); // 'committed 1 new (User)'
 * await session.close();
 */
export class Session {
  readonly orm: SqlOrm;
  readonly em: SqlEm;
  readonly entities: Readonly<Record<string, EntityClass<object>>>;
  /** The classes of values that entities embed. */
  readonly embeddables: Readonly<Record<string, EntityClass<object>>>;
  /** The database, with the password masked; `host` is undefined for one in this process. */
  readonly database: DatabaseSummary;
  /** What is particular to this kind of database. */
  readonly dialect: Dialect;
  /** Every statement that really ran. */
  readonly sql: SqlLog;
  readonly #parts: SessionParts;
  readonly #sandboxWrites: () => number;

  constructor(database: Database, sql: SqlLog, confirm: Confirm) {
    this.#parts = compose(database, sql, confirm);
    const { em, metadata } = this.#parts;
    this.orm = database.orm;
    this.em = em;
    const { url, dialect, name, host, readOnly, sandbox } = database;
    this.database = { url, dialect: dialect.name, name, host, readOnly, sandbox };
    this.dialect = dialect;
    this.#sandboxWrites = database.sandboxWrites;
    this.sql = sql;
    this.entities = entityClasses(metadata);
    this.embeddables = embeddableClasses(metadata);
    installInspect(metadata);
    Object.defineProperty(this.orm, inspect.custom, { value: () => `MikroORM on ${url}` });
  }

  /** The names of properties that are never shown, such as `password`, and what they hold in the loaded objects. */
  get hidden(): HiddenProperties {
    return hiddenProperties(this.em);
  }

  /** What there is to say of the entities in a list. */
  get entitySummaries(): EntitySummary[] {
    return summarize(this.#parts.metadata);
  }

  /** Creates the tables that are missing; never drops or alters one. */
  async createAll(): Promise<SchemaReport> {
    return this.#parts.tables.createAll();
  }

  /** Drops the tables of the mapped entities and no other, and empties the session. */
  async dropAll(): Promise<SchemaReport> {
    return this.#parts.tables.dropAll();
  }

  /** Which of MikroORM's extensions the configuration has. */
  get extensions(): { readonly migrations: boolean; readonly seeders: boolean } {
    return { migrations: hasMigrations(this.em), seeders: hasSeeders(this.em) };
  }

  /** Runs the migrations that have not run yet, through MikroORM's Migrator. @returns their names */
  async migrate(): Promise<readonly string[]> {
    return this.#parts.tables.migrate();
  }

  /** The migrations, those that have run first; nothing is written for it. */
  async migrations(): Promise<readonly MigrationSummary[]> {
    return this.#parts.tables.migrations();
  }

  /** Runs a seeder of MikroORM's, by default the configuration's, in a unit of work of its own. @returns its name */
  async seed(seeder?: unknown): Promise<string> {
    return this.#parts.tables.seed(seeder);
  }

  /** Stages an entity; nothing is written before a flush. */
  add(entity: object): void {
    this.#parts.staging.add(entity);
  }

  addAll(entities: Iterable<object>): void {
    this.#parts.staging.addAll(entities);
  }

  /** Stages the deletion of an entity's row. */
  remove(entity: object): void {
    this.#parts.staging.remove(entity);
  }

  /** `remove`, under the name that SQLAlchemy has for it. */
  delete(entity: object): void {
    this.remove(entity);
  }

  /** Writes what is staged, in a transaction that stays open. */
  async flush(): Promise<ChangeReport> {
    return this.#parts.gate.run('flush', () => this.#parts.unit.flush());
  }

  /** Writes what is staged and ends the transaction. Everything loaded is read again when next looked at. */
  async commit(): Promise<ChangeReport> {
    return this.#parts.gate.run('commit', () => this.#parts.unit.commit());
  }

  /** Takes back everything since the last commit, in the database and in memory. */
  async rollback(): Promise<ChangeReport> {
    return this.#parts.gate.run('rollback', () => this.#parts.unit.rollback());
  }

  query<T extends object>(entity: EntityClass<T>): Query<T> {
    return this.#parts.query(assertEntityClass(this, 'query', entity));
  }

  /** The entity with this primary key, or null; no SQL if it is loaded. */
  async get<T extends object>(entity: EntityClass<T>, key: unknown): Promise<T | null> {
    return this.#parts.query(assertEntityClass(this, 'get', entity, ', 1')).get(key);
  }

  /** Whether the entity is staged or managed here. */
  has(entity: object): boolean {
    return this.#parts.staging.has(entity);
  }

  /** What the next flush would insert. */
  get new(): object[] {
    return newEntities(this.em);
  }

  /** What the next flush would update. */
  get dirty(): object[] {
    return dirtyEntities(this.em);
  }

  /** What the next flush would delete. */
  get deleted(): object[] {
    return deletedEntities(this.em);
  }

  /** What is staged: the sum of `new`, `dirty` and `deleted`. */
  get pending(): ChangeReport {
    return this.#parts.unit.pending;
  }

  /** What is not committed yet: staged, or written in the open transaction. */
  get uncommitted(): ChangeReport {
    return this.#parts.unit.uncommitted;
  }

  /** Reads the entity's row again now; what was assigned and not written is lost. */
  async refresh(entity: object): Promise<void> {
    const real = this.#parts.staging.tracked('refresh', entity);
    return this.#parts.gate.run('query', () => this.#parts.loader.refresh(real));
  }

  /** Lets the entity's row be read again when it is next looked at. */
  expire(entity: object): void {
    this.#parts.loader.expire(this.#parts.staging.tracked('expire', entity));
  }

  /** Takes an entity out of the session; it keeps what it has and loads nothing more. */
  expunge(entity: object): void {
    this.#parts.staging.expunge(entity);
  }

  /** The managed twin of a detached entity, with the fields of the detached one. */
  async merge<T extends object>(entity: T): Promise<T> {
    assertEntity(this.#parts.classes, 'merge', entity);
    return this.#parts.gate.run('query', () => this.#parts.loader.merge(entity));
  }

  /** The same rows as those of another session's entities, and the same collections, by what they were there. */
  async rebind(values: readonly object[]): Promise<ReadonlyMap<object, object>> {
    return rebind(this, values);
  }

  /** Runs `work` in a savepoint: an error inside undoes only the inside. */
  async nested<T>(work: () => Promise<T>): Promise<T> {
    return nested(this.#parts.gate, this.#parts.unit, work);
  }

  /** `object[key]`, or a promise of it where the database must be asked first. */
  read(object: unknown, key: PropertyKey): unknown {
    return this.#parts.reader.read(object, key);
  }

  /** `object[key]`. @throws MikroscopeError `NotLoaded` where the database would have to be asked first */
  readSync(object: unknown, key: PropertyKey): unknown {
    return this.#parts.reader.readSync(object, key);
  }

  /** Reads again what has expired among the value; nothing to wait for if nothing has. */
  touch(value: unknown): Promise<void> | undefined {
    return this.#parts.reader.touch(value);
  }

  isEntity(value: unknown): value is object {
    return this.#parts.classes.isEntity(value);
  }

  isEntityClass(value: unknown): value is EntityClass<object> {
    return this.#parts.classes.isEntityClass(value);
  }

  /** What `new` makes an object with: an entity's class takes its fields where its own constructor takes nothing. */
  constructorOf(value: unknown): unknown {
    const meta = this.orm.getMetadata().find(value as EntityClass<object>);
    return meta ? takingFields(this.em, value as EntityClass<object>, meta) : value;
  }

  isQuery(value: unknown): value is Query<object> {
    return value instanceof Query;
  }

  isCollection(value: unknown): boolean {
    return this.#parts.classes.isCollection(value);
  }

  [inspect.custom](): string {
    const { summary } = this.uncommitted;
    return `Session on ${this.database.url}${summary && `, not committed: ${summary}`}`;
  }

  /** Whether a transaction is open, which only commit() and rollback() end. */
  get inTransaction(): boolean {
    return this.em.isInTransaction();
  }

  /** How many statements have written in a sandbox so far; 0 outside of one. */
  get sandboxWrites(): number {
    return this.#sandboxWrites();
  }

  /**
   * Gives up the connection, so that another process or session can have the database; the next statement opens it again.
   * What the open transaction wrote is staged again.
   */
  async disconnect(): Promise<void> {
    return this.#parts.gate.run('disconnect', async () => {
      await this.#parts.unit.abandon();
      await this.orm.close(true);
    });
  }

  /** Closes the connection, or gives it up if a transaction of somebody's keeps it; what is not committed is lost. */
  async close(): Promise<void> {
    const closed = this.#parts.gate.run('close', async () => {
      await this.#parts.unit.close();
      await this.orm.close(true);
    });
    await withTimeout(closeTimeoutMs, closed);
  }
}
