import { type EntityClass, Reference } from '@mikro-orm/core';
import { inspect } from 'node:util';
import type { Database } from '../database/open-database.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { assertEntity, assertEntityClass } from '../entity/assert-entity.ts';
import { installInspect } from '../entity/install-inspect.ts';
import { merge } from '../loading/merge.ts';
import type { InFlight } from '../mikro-orm/in-flight.ts';
import type { SqlOrm } from '../mikro-orm/orm.ts';
import type { Query } from '../query/query.ts';
import { hasMigrations, type MigrationSummary } from '../schema/migrations.ts';
import type { TableRows } from '../schema/table-rows.ts';
import type { SchemaReport } from '../schema/schema-report.ts';
import { hasSeeders } from '../schema/seeders.ts';
import type { SqlLog } from '../sql/sql-log.ts';
import { newEntities } from '../unit-of-work/cascade.ts';
import { deletedEntities, dirtyEntities } from '../unit-of-work/changes.ts';
import type { Confirm } from '../unit-of-work/confirmation.ts';
import { nested } from '../unit-of-work/nested.ts';
import type { ChangeReport } from '../unit-of-work/change-report.ts';
import { compose, type SessionParts } from './compose.ts';
import { rebind } from './rebind.ts';
import { SessionValues } from './session-values.ts';
import { withTimeout } from './with-timeout.ts';
import { visible } from '../visible.ts';

/** What may be shown of a database; `dialect` is its name, as `postgresql`. */
interface DatabaseSummary extends Pick<Database, 'url' | 'name' | 'host' | 'readOnly' | 'sandbox'> {
  readonly dialect: string;
  /** The servers of its read replicas, if it has any. */
  readonly replicaHosts?: Database['replicaHosts'];
}

/** How long a connection may take to close. */
const closeTimeoutMs = 5000;

/**
 * One long-lived unit of work on one database, as SQLAlchemy's session is (`orm/session.py`). Objects are staged with
 * `add` and `remove`, or by assigning to them; `commit` writes what is staged, and `rollback` takes it back. Queries write
 * what is staged first, in a transaction that stays open. After `commit` and `rollback` everything loaded has expired: it
 * is read again when it is next looked at.
 *
 * Every method that returns a promise waits for those called before it. It rejects with a MikroscopeError `InvalidState`
 * if the state of the transaction does not allow it (`docs/transactions.md`), when the session is closed, and when it is
 * called from the inside of another one, as in a lifecycle hook.
 *
 * @example
 * const session = await openSession({ url: 'sqlite::memory:' });
 * await session.createAll();
 * session.add(new User({ username: 'Corey', email: 'c@demo.com', password: 'password' }));
 * String(await session.commit()); // 'committed 1 new (User)'
 * await session.close();
 */
export class Session extends SessionValues {
  /** The MikroORM that the session works on. */
  readonly orm: SqlOrm;
  /** The database, with the password masked; `host` is undefined for one in this process. */
  readonly database: DatabaseSummary;
  /** What is particular to this kind of database. */
  readonly dialect: Dialect;
  /** Tells its subscribers every statement that is sent to the database. */
  readonly sql: SqlLog;
  readonly #parts: SessionParts;
  readonly #sandboxWrites: () => number;
  readonly #committedWrites: () => number;
  readonly #cutOff: () => void;
  readonly #closeConnections: () => Promise<void>;
  readonly #inFlight: InFlight;

  constructor(database: Database, sql: SqlLog, confirm: Confirm) {
    const parts = compose(database, sql, confirm);
    super(parts);
    this.#parts = parts;
    this.orm = database.orm;
    const { url, dialect, name, host, readOnly, sandbox, replicaHosts } = database;
    const replicated = replicaHosts.length > 0 && { replicaHosts };
    this.database = { url, dialect: dialect.name, name, host, readOnly, sandbox, ...replicated };
    this.dialect = dialect;
    this.#sandboxWrites = database.sandboxWrites;
    this.#committedWrites = database.committedWrites;
    this.#cutOff = database.cutOff;
    this.#closeConnections = database.close;
    this.#inFlight = database.interceptor.inFlight;
    this.sql = sql;
    installInspect(parts.metadata);
    Object.defineProperty(this.orm, inspect.custom, { value: () => visible(`MikroORM on ${url}`) });
  }

  /**
   * Stages an entity, and with it the new ones that it refers to. Runs no SQL. A detached entity is tracked again.
   *
   * @throws MikroscopeError `BadArgument` for anything but an entity, for one of another session, and for a detached one
   * whose row the session has another object for
   *
   * @example
   * session.add(new User({ username: 'Corey', email: 'c@demo.com', password: 'password' }));
   */
  add(entity: object): void {
    this.#parts.staging.add(entity);
  }

  /**
   * Stages several entities as {@link add} does.
   *
   * @throws MikroscopeError `BadArgument` if one of them is not an entity; then none is staged
   */
  addAll(entities: Iterable<object>): void {
    this.#parts.staging.addAll(entities);
  }

  /**
   * Stages the deletion of an entity's row, and of the rows that go with it. Those that are not loaded are staged by the
   * next flush at the latest.
   *
   * @returns a promise where such rows have to be looked for: once it is kept, `deleted` shows them
   * @throws MikroscopeError `BadArgument` for anything but an entity that has a row, and for one of another session
   */
  remove(entity: object): Promise<void> | undefined {
    const { staging, cascade, gate } = this.#parts;
    const removed = staging.remove(entity);
    if (!cascade.isIncomplete(removed)) return undefined;
    const completed = gate.run('query', () => cascade.complete(removed));
    // Who does not wait for it hears of it from the flush, which does it again.
    completed.catch(() => undefined);
    return completed;
  }

  /** {@link remove}, by the name that SQLAlchemy has for it. */
  delete(entity: object): Promise<void> | undefined {
    return this.remove(entity);
  }

  /**
   * Writes what is staged, in a transaction that stays open. Without anything staged it does nothing and begins none.
   *
   * @returns what it wrote
   * @throws MikroscopeError if the database or a check before it refuses something: `UniqueViolation`, `MissingValue`,
   * `CheckViolation`, `ForeignKeyViolation`, `InvalidValue`, `ValueTooLong`, `StaleRow` if a row was changed or deleted
   * since it was read, `BadArgument` for a relation that does not hold an entity of its class. Nothing is written then, and
   * everything is still staged. `ConnectionLost` and `TransactionLost` stage again what the transaction wrote before, too.
   */
  async flush(): Promise<ChangeReport> {
    return this.#parts.gate.run('flush', () => this.#parts.unit.flush());
  }

  /**
   * Writes what is staged and ends the transaction. Everything loaded expires, which costs nothing until it is looked at.
   *
   * @returns what the transaction wrote
   * @throws MikroscopeError as {@link flush} does. Nothing is committed then, and everything is still staged, so that
   * `commit()` works once the cause is gone; SQLAlchemy would ask for a `rollback()` first.
   *
   * @example
   * session.add(new User({ username: 'Corey', email: 'c@demo.com', password: 'password' }));
   * const report = await session.commit();
   * report.new; // 1
   */
  async commit(): Promise<ChangeReport> {
    return this.#parts.gate.run('commit', () => this.#parts.unit.commit());
  }

  /**
   * Takes back everything since the last commit, in the database and in the objects: new ones are transient and keep their
   * values, changed and removed ones are as they were. Never fails for what the database says.
   *
   * @returns what it took back
   * @throws MikroscopeError `InvalidState` inside `nested()`
   */
  async rollback(): Promise<ChangeReport> {
    return this.#parts.gate.run('rollback', () => this.#parts.unit.rollback());
  }

  /**
   * Runs work in a savepoint, as SQLAlchemy's `begin_nested()` does. An error inside undoes only what was done inside.
   *
   * @returns what the work returns
   * @throws what the work throws; MikroscopeError `BadArgument` if it is not a function, and as {@link flush} does
   *
   * @example
   * await session.nested(async () => {
   *   session.add(post);
   *   await session.flush();
   * });
   */
  async nested<T>(work: () => Promise<T>): Promise<T> {
    return nested(this.#parts.gate, this.#parts.unit, work);
  }

  /**
   * A query of all rows of an entity, to be narrowed down. Runs no SQL.
   *
   * @throws MikroscopeError `BadArgument` for anything but the class of an entity
   *
   * @example
   * const users = await session.query(User).orderBy('username').all();
   */
  query<T extends object>(entity: EntityClass<T>): Query<T> {
    return this.#parts.query(assertEntityClass(this, 'query', entity));
  }

  /**
   * The entity with a primary key; a list or an object of its parts if there are several. Runs no SQL if it is loaded.
   *
   * @returns null if there is no such row
   * @throws MikroscopeError `BadArgument` for anything but the class of an entity, or if parts of the key are missing
   */
  async get<T extends object>(entity: EntityClass<T>, key: unknown): Promise<T | null> {
    return this.#parts.query(assertEntityClass(this, 'get', entity, ', 1')).get(key);
  }

  /** Whether an object is pending, or tracked by the session and its row not known to be gone. Runs no SQL. */
  has(entity: object): boolean {
    const one = Reference.unwrapReference(entity);
    return this.#parts.staging.has(one) && !this.#parts.unit.expiry.isDeleted(one);
  }

  /** The pending objects, which the next flush inserts. */
  get new(): object[] {
    return newEntities(this.em);
  }

  /** The objects that differ from their rows, which the next flush updates. */
  get dirty(): object[] {
    return dirtyEntities(this.em);
  }

  /** The objects whose rows the next flush deletes. */
  get deleted(): object[] {
    return deletedEntities(this.em);
  }

  /** How much is staged: the counts of `new`, `dirty` and `deleted`. */
  get pending(): ChangeReport {
    return this.#parts.unit.pending;
  }

  /** How much is not committed: what is staged, and what the open transaction wrote. */
  get uncommitted(): ChangeReport {
    return this.#parts.unit.uncommitted;
  }

  /** Whether SQL wrote something in the open transaction that `uncommitted` does not count. */
  get hasOtherWrites(): boolean {
    return this.#parts.unit.hasOtherWrites;
  }

  /**
   * What `update()`, `delete()` and SQL wrote in the open transaction, which could not be staged again, such as
   * `1 changed (User), what SQL wrote`; empty for nothing.
   */
  get directWrites(): string {
    return this.#parts.unit.directWrites;
  }

  /** Whether a transaction is open, which `commit()` or `rollback()` ends. */
  get inTransaction(): boolean {
    return this.em.isInTransaction();
  }

  /** What the last `commit()` wrote that went through; undefined before the first. */
  get lastCommit(): ChangeReport | undefined {
    return this.#parts.unit.lastCommit;
  }

  /**
   * How many times a server has committed something so far, whatever sent it, or may have done so in a statement that failed;
   * 0 for a database in this process.
   */
  get committedWrites(): number {
    return this.#committedWrites();
  }

  /** Whether a server runs something for the session, which {@link cancel} cancels. */
  get isServerBusy(): boolean {
    return !this.dialect.isEmbedded && !this.#inFlight.isEmpty;
  }

  /** Calls a listener whenever a server begins to run something for the session, and has ended. */
  onServerBusy(listener: (isBusy: boolean) => void): void {
    if (!this.dialect.isEmbedded) this.#inFlight.onBusy = listener;
  }

  /**
   * Asks the server to cancel the statements that it runs for the session, and waits until they have ended. Whoever sent
   * them gets the error of a statement that failed.
   *
   * @returns whether one of them was cancelled; otherwise all were done before
   * @throws what the driver says where the server cannot be asked
   */
  async cancel(): Promise<boolean> {
    return (await this.#inFlight.cancel()).includes('failed');
  }

  /**
   * Sends nothing more to the server than what ends a transaction, until the function that it returns is called: code that
   * goes on after {@link cancel} does not write then.
   *
   * @returns what ends this, and tells whether anything was not sent
   */
  hold(): () => boolean {
    return this.#inFlight.hold();
  }

  /**
   * Waits no longer for a server that does not answer: whatever runs fails as with a lost connection, and what it had
   * staged stays staged.
   */
  cutOff(): void {
    this.#cutOff();
  }

  /** How many statements have written in a sandbox so far; 0 without one. */
  get sandboxWrites(): number {
    return this.#sandboxWrites();
  }

  /**
   * Reads the row of an entity again now. What was assigned and not flushed is lost.
   *
   * @throws MikroscopeError `Detached` if the session does not track it, `ObjectDeleted` if the row is gone, `BadArgument`
   * for anything but an entity
   */
  async refresh(entity: object): Promise<void> {
    const tracked = this.#parts.staging.tracked('refresh', entity);
    return this.#parts.gate.run('query', () => this.#parts.loader.refresh(tracked));
  }

  /**
   * Makes an entity and its collections be read again when they are next looked at, as SQLAlchemy's `expire()` does. What
   * was assigned and not flushed is lost. Runs no SQL.
   *
   * @throws MikroscopeError `Detached` if the session does not track it, `BadArgument` for anything but an entity
   */
  expire(entity: object): void {
    this.#parts.loader.expire(this.#parts.staging.tracked('expire', entity));
  }

  /**
   * Takes an entity out of the session, staged or not. It keeps its values and loads nothing more.
   *
   * @throws MikroscopeError `BadArgument` for anything but an entity
   */
  expunge(entity: object): void {
    const left = this.#parts.staging.expunge(entity);
    this.#parts.unit.release([left]);
    this.#parts.loader.leave(left);
  }

  /**
   * Copies the fields of an entity that is detached, or of another session, onto the session's own object for the row; if
   * there is no such row, onto a new object, which is staged.
   *
   * @returns the session's own object
   * @throws MikroscopeError `BadArgument` for anything but an entity, and as {@link flush} does
   */
  async merge<T extends object>(entity: T): Promise<T> {
    const given = assertEntity(this.#parts.classes, 'merge', entity) as T;
    return this.#parts.gate.run('query', () => merge(this.#parts.unit, given));
  }

  /**
   * Finds in this session the entities and collections of another one, by class name and primary key.
   *
   * @returns what was found, by the object of the other session
   */
  async rebind(values: readonly object[]): Promise<ReadonlyMap<object, object>> {
    return rebind(this, values);
  }

  /**
   * Creates the tables and views that are missing, in the open transaction if there is one. Never drops or alters any.
   *
   * @throws MikroscopeError `ReadOnly`, `DatabaseError`; `InvalidState` on MySQL and MariaDB, where it would commit what
   * cannot be staged again
   *
   * @example
   * String(await session.createAll()); // 'created post, user'
   */
  async createAll(): Promise<SchemaReport> {
    return this.#parts.tables.createAll();
  }

  /**
   * Rolls back, drops the tables and views of the entities and no others, and empties the session. Its objects are
   * detached and keep their values.
   *
   * @throws what `confirm` throws to refuse; MikroscopeError `ReadOnly`, `DatabaseBusy` if it would wait for another
   * transaction, `InvalidState` inside `nested()`
   */
  async dropAll(): Promise<SchemaReport> {
    return this.#parts.tables.dropAll();
  }

  /**
   * Reads every row of the tables of the entities, as the open transaction sees them. Writes nothing first, and no object in
   * memory changes.
   *
   * @returns the tables that exist
   * @throws MikroscopeError `DatabaseError`
   */
  async rows(): Promise<readonly TableRows[]> {
    return this.#parts.tables.rows();
  }

  /** Which of MikroORM's extensions the configuration has. */
  get extensions(): { readonly migrations: boolean; readonly seeders: boolean } {
    return { migrations: hasMigrations(this.em), seeders: hasSeeders(this.em) };
  }

  /**
   * Runs the pending migrations, through MikroORM's Migrator.
   *
   * @returns the names of those that ran
   * @throws MikroscopeError `InvalidState` without a Migrator, or if something is not committed; `ReadOnly`,
   * `DatabaseBusy`, `DatabaseError`
   */
  async migrate(): Promise<readonly string[]> {
    return this.#parts.tables.migrate();
  }

  /**
   * The migrations, those that have run first. Writes nothing.
   *
   * @throws MikroscopeError as {@link migrate} does, but for `ReadOnly`
   */
  async migrations(): Promise<readonly MigrationSummary[]> {
    return this.#parts.tables.migrations();
  }

  /**
   * Runs a seeder of MikroORM in a unit of work of its own.
   *
   * @param seeder a class or the name of one; by default the configuration's
   * @returns its name
   * @throws MikroscopeError as {@link migrate} does
   */
  async seed(seeder?: unknown): Promise<string> {
    return this.#parts.tables.seed(seeder);
  }

  /**
   * Gives up the connection, so that another process can have the database. The next statement opens it again; what the
   * open transaction wrote is staged again.
   *
   * @throws MikroscopeError `InvalidState` if `update()` or `delete()` wrote something, which cannot be
   */
  async disconnect(): Promise<void> {
    return this.#parts.gate.run('disconnect', async () => {
      await this.#parts.unit.disconnect();
      await this.#closeConnections();
    });
  }

  /**
   * Closes the session, rolled back, and its connections; loaded objects keep their values. After five seconds it cuts off
   * those that it waits for, such as one that a transaction of another EntityManager holds.
   */
  async close(): Promise<void> {
    const closed = this.#parts.gate.run('close', async () => {
      await this.#parts.unit.close();
      await this.#closeConnections();
    });
    if (await withTimeout(closeTimeoutMs, closed)) this.#cutOff();
  }

  [inspect.custom](): string {
    const { summary } = this.uncommitted;
    return visible(`Session on ${this.database.url}${summary && `, not committed: ${summary}`}`);
  }
}
