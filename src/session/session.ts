import type { EntityClass } from '@mikro-orm/core';
import { inspect } from 'node:util';
import {
  hasMigrations,
  listMigrations,
  type MigrationSummary,
  runMigrations,
} from '../database/migrations.ts';
import type { Database } from '../database/open.ts';
import type { SqlEm, SqlOrm } from '../database/orm.ts';
import { createTables, dropTables } from '../database/schema.ts';
import { hasSeeders, runSeeder } from '../database/seeders.ts';
import { takingFields } from '../entity/construct.ts';
import { type HiddenProperties, hiddenProperties } from '../entity/hidden.ts';
import { installInspect } from '../entity/inspect.ts';
import { embeddableClasses, entityClasses, type EntitySummary, summarize } from '../entity/named.ts';
import { MikroscopeError } from '../errors.ts';
import { Query } from '../query/query.ts';
import { QueryRunner } from '../query/runner.ts';
import type { SqlLog } from '../sql/log.ts';
import { addable } from './argument.ts';
import type { Confirm } from './danger.ts';
import { databaseError } from './failure.ts';
import { commitsAtDdl, refuseToCommitSilently } from './implicit-commit.ts';
import { Loader } from './loader.ts';
import { deletedEntities, dirtyEntities, newEntities } from './pending.ts';
import { refuseToWait } from './one-connection.ts';
import { Reader } from './reader.ts';
import { type ChangeReport, SchemaReport } from './report.ts';
import { Stage } from './stage.ts';
import { Turns } from './turns.ts';
import { Unit } from './unit.ts';

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
  readonly database: Pick<Database, 'url' | 'dialect' | 'name' | 'host' | 'readOnly'>;
  /** Every statement that really ran. */
  readonly sql: SqlLog;
  readonly #unit: Unit;
  readonly #loader: Loader;
  readonly #reader: Reader;
  readonly #runner: QueryRunner;
  readonly #turns = new Turns();
  readonly #stage: Stage;
  readonly #database: Database;
  readonly #assertNoWait: () => void;
  readonly #confirm: Confirm;

  constructor(database: Database, sql: SqlLog, confirm: Confirm) {
    this.#database = database;
    this.#confirm = confirm;
    this.orm = database.orm;
    this.em = database.orm.em.fork({ useContext: false });
    const { url, dialect, name, host, readOnly } = database;
    this.database = { url, dialect, name, host, readOnly };
    this.sql = sql;
    const metadata = [...database.orm.getMetadata().getAll().values()];
    this.entities = entityClasses(metadata);
    this.embeddables = embeddableClasses(metadata);
    installInspect(metadata);
    Object.defineProperty(this.orm, inspect.custom, { value: () => `MikroORM on ${url}` });
    this.#assertNoWait = refuseToWait(this.em, dialect);
    refuseToCommitSilently(this.em, dialect);
    this.#unit = new Unit(this.em, sql, database.releaseDead);
    this.#loader = new Loader(this.#unit);
    this.#runner = new QueryRunner(this.#unit, this.#turns, confirm);
    const detached = new WeakSet<object>();
    this.#reader = new Reader({
      unit: this.#unit,
      loader: this.#loader,
      turns: this.#turns,
      metadata,
      detached,
      query: entity => this.query(entity as EntityClass<object>),
    });
    this.#stage = new Stage(this.em, this.#reader, detached);
  }

  /** The names of properties that are never shown, such as `password`, and what they hold in the loaded objects. */
  get hidden(): HiddenProperties {
    return hiddenProperties(this.em);
  }

  /** What there is to say of the entities in a list. */
  get entitySummaries(): EntitySummary[] {
    return summarize([...this.orm.getMetadata().getAll().values()]);
  }

  /** Creates the tables that are missing; never drops or alters one. */
  async createAll(): Promise<SchemaReport> {
    return this.#turns.run(async () => {
      this.#database.assertWritable();
      this.#database.allowCreate();
      const before = async () => {
        if (commitsAtDdl(this.database.dialect)) await this.#unit.suspend();
      };
      return new SchemaReport('create', await translated(() => createTables(this.em, before)));
    });
  }

  /** Drops the tables of the mapped entities and no other, and empties the session. */
  async dropAll(): Promise<SchemaReport> {
    await this.#confirm({ kind: 'dropAll' });
    return this.#turns.run(async () => {
      // Before anything is given up.
      this.#assertNoWait();
      this.#database.assertWritable();
      await this.#unit.rollback();
      const report = new SchemaReport('drop', await translated(() => dropTables(this.em)));
      this.#stage.clear();
      return report;
    });
  }

  /** Which of MikroORM's extensions the configuration has. */
  get extensions(): { readonly migrations: boolean; readonly seeders: boolean } {
    return { migrations: hasMigrations(this.em), seeders: hasSeeders(this.em) };
  }

  /** Runs the migrations that have not run yet, through MikroORM's Migrator. @returns their names */
  async migrate(): Promise<readonly string[]> {
    return this.#outside('migrate', () => runMigrations(this.em, this.#database.allowCreate));
  }

  /** The migrations, those that have run first; nothing is written for it. */
  async migrations(): Promise<readonly MigrationSummary[]> {
    return this.#turns.run(async () => {
      this.#unit.assertSettled('migrations');
      this.#assertNoWait();
      return translated(() => listMigrations(this.em));
    });
  }

  /** Runs a seeder of MikroORM's, by default the configuration's, in a unit of work of its own. @returns its name */
  async seed(seeder?: unknown): Promise<string> {
    return this.#outside('seed', () => runSeeder(this.orm, seeder));
  }

  /** Stages an entity; nothing is written before a flush. */
  add(entity: object): void {
    this.#stage.add(entity);
  }

  addAll(entities: Iterable<object>): void {
    this.#stage.addAll(entities);
  }

  /** Stages the deletion of an entity's row. */
  remove(entity: object): void {
    this.#stage.remove(entity);
  }

  /** `remove`, under the name that SQLAlchemy has for it. */
  delete(entity: object): void {
    this.remove(entity);
  }

  /** Writes what is staged, in a transaction that stays open. */
  async flush(): Promise<ChangeReport> {
    return this.#turns.run(() => this.#unit.flush());
  }

  /** Writes what is staged and ends the transaction. Everything loaded is read again when next looked at. */
  async commit(): Promise<ChangeReport> {
    return this.#turns.run(() => this.#unit.commit());
  }

  /** Takes back everything since the last commit, in the database and in memory. */
  async rollback(): Promise<ChangeReport> {
    return this.#turns.run(() => this.#unit.rollback());
  }

  query<T extends object>(entity: EntityClass<T>): Query<T> {
    this.#assertClass(entity, 'query', '');
    return new Query(this.#runner, this.orm.getMetadata().get(entity));
  }

  /** The entity with this primary key, or null; no SQL if it is loaded. */
  async get<T extends object>(entity: EntityClass<T>, key: unknown): Promise<T | null> {
    this.#assertClass(entity, 'get', ', 1');
    return this.query(entity).get(key);
  }

  /** Whether the entity is staged or managed here. */
  has(entity: object): boolean {
    return this.#stage.has(entity);
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
    return this.#unit.pending;
  }

  /** What is not committed yet: staged, or written in the open transaction. */
  get uncommitted(): ChangeReport {
    return this.#unit.uncommitted;
  }

  /** Reads the entity's row again now; what was assigned and not written is lost. */
  async refresh(entity: object): Promise<void> {
    const real = this.#stage.managed('refresh', entity);
    return this.#turns.run(() => this.#loader.refresh(real));
  }

  /** Lets the entity's row be read again when it is next looked at. */
  expire(entity: object): void {
    this.#loader.expire(this.#stage.managed('expire', entity));
  }

  /** Takes an entity out of the session; it keeps what it has and loads nothing more. */
  expunge(entity: object): void {
    this.#stage.expunge(entity);
  }

  /** The managed twin of a detached entity, with the fields of the detached one. */
  async merge<T extends object>(entity: T): Promise<T> {
    addable(this.#reader, 'merge', entity);
    return this.#turns.run(() => this.#loader.merge(entity));
  }

  /** Runs `work` in a savepoint: an error inside undoes only the inside. */
  async nested<T>(work: () => Promise<T>): Promise<T> {
    await this.#turns.run(() => this.#unit.save());
    let result: T;
    try {
      result = await work();
      await this.#turns.run(() => this.#unit.release());
    } catch (error) {
      await this.#turns.run(() => this.#unit.undo());
      throw error;
    }
    return result;
  }

  /** `object[key]`, or a promise of it where the database must be asked first. */
  read(object: unknown, key: PropertyKey): unknown {
    return this.#reader.read(object, key);
  }

  /** `object[key]`. @throws MikroscopeError `NotLoaded` where the database would have to be asked first */
  readSync(object: unknown, key: PropertyKey): unknown {
    return this.#reader.readSync(object, key);
  }

  /** Reads again what has expired among the value; nothing to wait for if nothing has. */
  touch(value: unknown): Promise<void> | undefined {
    return this.#reader.touch(value);
  }

  isEntity(value: unknown): value is object {
    return this.#reader.isEntity(value);
  }

  isEntityClass(value: unknown): value is EntityClass<object> {
    return this.#reader.isEntityClass(value);
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
    return this.#reader.isCollection(value);
  }

  [inspect.custom](): string {
    const { summary } = this.uncommitted;
    return `Session on ${this.database.url}${summary && `, not committed: ${summary}`}`;
  }

  /** Whether a transaction is open, which only commit() and rollback() end. */
  get inTransaction(): boolean {
    return this.em.isInTransaction();
  }

  /** Closes the connection; what is staged and not committed is lost. */
  async close(): Promise<void> {
    return this.#turns.run(async () => {
      await this.#unit.abandon();
      await this.orm.close(true);
    });
  }

  /** Runs what writes past the unit of work, when nothing of that is under way; everything is read again afterwards. */
  #outside<T>(method: string, work: () => Promise<T>): Promise<T> {
    return this.#turns.run(async () => {
      this.#database.assertWritable();
      this.#unit.assertSettled(method);
      this.#assertNoWait();
      try {
        return await translated(work);
      } finally {
        this.#unit.freshness.expireAll();
      }
    });
  }

  #assertClass(entity: unknown, method: string, rest: string): void {
    if (this.isEntityClass(entity)) return;
    const [name = 'User'] = Object.keys(this.entities);
    throw new MikroscopeError(
      'BadArgument',
      `${method}() takes an entity class`,
      `Write ${method}(${name}${rest}).`,
    );
  }
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw databaseError(error);
  }
}
