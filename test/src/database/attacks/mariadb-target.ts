import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '../../../../src/index.ts';
import { createDatabase } from '../../../support/databases.ts';
import type { State, Target } from './target.ts';

type Session = Awaited<ReturnType<typeof openSession>>;
type Row = Record<string, unknown>;

/** What the driver hands out as its own: a pool of mysql2's. */
interface Pool {
  getConnection(done: (error: unknown, connection: Client) => void): void;
}

interface Client {
  query(sql: string, done: (error: unknown, rows: unknown) => void): void;
  on(event: 'error', listener: () => void): void;
  destroy(): void;
}

const FIXTURE = [
  'set foreign_key_checks = 0',
  'drop database if exists {other}',
  'create database {other}',
  'drop database if exists {name}',
  'create database {name}',
  'drop database if exists attack_{name}',
  'drop user if exists attack_user, attack_reader, attack_other, attack_owner, attack_owner@localhost',
  'drop role if exists attack_role',
  'create user attack_reader',
  // Who attacks may change their own password, and the tests still need theirs. Where there are users without a name, one
  // at any host is not found from this one.
  "create user attack_owner identified by 'old', attack_owner@localhost identified by 'old'",
  'grant all on *.* to attack_owner, attack_owner@localhost with grant option',
  'drop server if exists attack_server',
  'set global max_connect_errors = 100',
  "uninstall soname 'auth_ed25519'",
  "xa rollback 'attack'",
  'set foreign_key_checks = 1',
  'use {name}',
  'create table post (id int auto_increment primary key, title varchar(50) unique, body text)',
  "insert into post (title, body) values ('a', ''), ('b', ''), ('c', '')",
  'create table note (id int auto_increment primary key, post_id int, text varchar(20), key note_text (text), foreign key (post_id) references post (id) on delete cascade)',
  "insert into note (post_id, text) values (1, 'm'), (3, 'n')",
  'create sequence sq',
  'create view shown as select * from post',
  'create procedure clear_posts() delete from post',
  'use {other}',
  'create table post (id int primary key, title varchar(20))',
  "insert into post values (1, 'o'), (2, 'p')",
  'create table log (id int primary key, text varchar(20)) engine = myisam',
  "insert into log values (1, 'l'), (2, 'm')",
  'create table mem (id int) engine = memory',
  'insert into mem values (1), (2)',
  'create table ar (id int) engine = aria',
  'create table csv (id int not null) engine = csv',
  'create view shown_log as select * from log',
  'create table triggering (id int)',
  "create trigger logging after insert on triggering for each row insert into log values (new.id, 't')",
  'create sequence sq',
];

export async function mariadbTarget(): Promise<Target> {
  const folder = await mkdtemp(join(tmpdir(), 'mikroscope-attacks-'));
  await chmod(folder, 0o777);
  const database = await createDatabase('mariadb');
  const url = new URL(database.url);
  Object.assign(url, { username: 'attack_owner', password: 'old' });
  const target = new MariadbTarget(folder, url.href);
  await target.reset();
  return target;
}

class MariadbTarget implements Target {
  readonly #folder: string;
  readonly url: string;
  readonly #name: string;
  #observer: { readonly session: Session; readonly client: Client } | undefined;

  constructor(folder: string, url: string) {
    this.#folder = folder;
    this.url = url;
    this.#name = new URL(url).pathname.slice(1);
  }

  #victim = 0;

  fill(sql: string): string {
    const values: Readonly<Record<string, string>> = {
      folder: this.#folder,
      name: this.#name,
      other: `${this.#name}_other`,
      victim: String(this.#victim),
    };
    return sql.replaceAll(/\{(\w+)\}/g, (text, key: string) => values[key] ?? text);
  }

  async state(): Promise<State> {
    const state: Record<string, unknown> = { files: (await readdir(this.#folder)).toSorted() };
    try {
      const tables = await this.#rows(
        "select table_schema as db, table_name as name, table_type as type from information_schema.tables where table_schema in ('{name}', '{other}') and table_type <> 'VIEW' order by 1, 2",
      );
      for (const { db, name } of tables)
        state[`${String(db) === this.#name ? '' : 'other.'}${String(name)}`] = await this.#rows(
          `select * from \`${String(db)}\`.\`${String(name)}\` order by 1`,
        );
      for (const [name, sql] of Object.entries(PARTS)) state[name] = await this.#rows(sql);
    } catch (error) {
      state['gone'] = (error as Error).message;
    }
    return state;
  }

  async attack(statements: readonly string[]): Promise<void> {
    const { session, client } = await connect(this.url);
    for (const sql of statements) await send(client, sql).catch(() => {});
    client.destroy();
    await session.close();
  }

  async reset(): Promise<void> {
    this.#close();
    const { session, client } = await connect(process.env['TEST_MARIADB_URL'] ?? '');
    for (const sql of FIXTURE)
      await send(client, this.fill(sql)).catch(error => {
        if (!/^(?:uninstall|xa)/.test(sql)) throw error;
      });
    client.destroy();
    await session.close();
    for (const file of await readdir(this.#folder)) await rm(join(this.#folder, file), { force: true });
    await writeFile(join(this.#folder, 'rows'), 'x\n');
    await chmod(join(this.#folder, 'rows'), 0o666);
    this.#observer = await connect(this.url);
    const [row] = await this.#rows('select connection_id() as id');
    this.#victim = Number(row?.['id']);
  }

  async drop(): Promise<void> {
    this.#close();
    const { session, client } = await connect(process.env['TEST_MARIADB_URL'] ?? '');
    for (const sql of FIXTURE.filter(each => /^(?:set|drop)/.test(each))) await send(client, this.fill(sql));
    client.destroy();
    await session.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #close(): void {
    this.#observer?.client.destroy();
    void this.#observer?.session.close();
  }

  async #rows(sql: string): Promise<Row[]> {
    if (this.#observer === undefined) return [];
    return (await send(this.#observer.client, this.fill(sql))) as Row[];
  }
}

const OWN = "in ('{name}', '{other}')";

/** What describes the tables and the server. */
const PARTS: Readonly<Record<string, string>> = {
  tables: `select table_schema, table_name, engine, auto_increment, table_comment from information_schema.tables where table_schema ${OWN} order by 1, 2`,
  columns: `select table_schema, table_name, column_name, column_type, column_default from information_schema.columns where table_schema ${OWN} order by 1, 2, ordinal_position`,
  indexes: `select table_schema, table_name, index_name, column_name from information_schema.statistics where table_schema ${OWN} order by 1, 2, 3, 4`,
  routines: `select routine_schema, routine_name, routine_definition from information_schema.routines where routine_schema ${OWN} order by 1, 2`,
  triggers: `select trigger_schema, trigger_name, action_statement from information_schema.triggers where trigger_schema ${OWN} order by 1, 2`,
  views: `select table_schema, table_name, view_definition from information_schema.views where table_schema ${OWN} order by 1, 2`,
  events: `select event_schema, event_name from information_schema.events where event_schema ${OWN} order by 1, 2`,
  databases:
    "select schema_name, schema_comment from information_schema.schemata where schema_name like '%{name}%' order by 1",
  users: "select host, user, priv from mysql.global_priv where user like 'attack%' order by 1, 2",
  rights: "select * from mysql.db where user like 'attack%' order by 1, 2, 3",
  servers: "select server_name from mysql.servers where server_name like 'attack%'",
  statistics: `select table_name, column_name from mysql.column_stats where db_name ${OWN} order by 1, 2`,
  plugins: 'select plugin_name from information_schema.plugins order by 1',
  functions: 'select name from mysql.func',
  variables:
    "select variable_name, variable_value from information_schema.global_variables where variable_name not regexp 'gtid|timestamp|rand' order by 1",
};

async function connect(url: string) {
  const session = await openSession({ url, entities: [] });
  const pool = (await session.em.getConnection().getNativeClient()) as Pool;
  const client = await new Promise<Client>((found, fail) => {
    pool.getConnection((error, connection) => (error instanceof Error ? fail(error) : found(connection)));
  });
  client.on('error', () => {});
  return { session, client };
}

function send(client: Client, sql: string): Promise<unknown> {
  return new Promise((done, fail) => {
    client.query(sql, (error, rows) => (error instanceof Error ? fail(error) : done(rows)));
  });
}
