import type { SqlSchemaGenerator } from '@mikro-orm/sqlite';
import { MikroscopeError } from '../errors.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { readStatements } from '../sql/statement.ts';
import type { SqlFamily } from '../sql/token.ts';
import { dependentFirst } from '../mikro-orm/view-order.ts';

/**
 * Creates the tables and views that are missing and touches no other. If `em` is in a transaction, this uses it: on a
 * database with one connection, another transaction would wait forever.
 *
 * @param family how the database's SQL is read
 * @param before called if there is something to create
 * @returns the names of what was created, in alphabetical order
 */
export async function createTables(
  em: SqlEm,
  family: SqlFamily,
  before: () => Promise<void>,
): Promise<string[]> {
  const generator = schemaGenerator(em);
  const wanted = generator.getTargetSchema();
  const existing = await existingNames(em);
  const isThere = (one: { name: string; schema?: string | undefined }) => existing.has(key(em, one));
  const missing = [...wanted.getTables(), ...wanted.getViews()].filter(one => !isThere(one));
  if (missing.length === 0) return [];
  // The wanted schema differs from itself without the missing tables in exactly these.
  const present = generator.getTargetSchema();
  present.setTables(present.getTables().filter(isThere));
  present.setViews(present.getViews().filter(isThere));
  if (existing.size === 0) {
    present.setNativeEnums({});
    present.setNamespaces(new Set());
  }
  const { up } = await generator.getUpdateSchemaMigrationSQL({
    fromSchema: present,
    safe: true,
    dropTables: false,
  });
  await before();
  await runAll(
    em,
    readStatements(up, family).map(({ text }) => text),
  );
  return missing.map(table => table.name).toSorted();
}

/**
 * Drops the tables and views of the mapped entities and no other. No transaction may be open.
 *
 * @param commitsAtDdl whether the database commits each statement
 * @returns the names of what was dropped, in alphabetical order
 */
export async function dropTables(em: SqlEm, commitsAtDdl: boolean): Promise<string[]> {
  const existing = await existingNames(em).catch(error => {
    // Without a database file there is nothing to drop.
    if (error instanceof MikroscopeError && error.code === 'MissingDatabase') return new Set<string>();
    throw error;
  });
  const isThere = (one: { name: string; schema?: string | undefined }) => existing.has(key(em, one));
  const target = schemaGenerator(em).getTargetSchema();
  const doomed = target.getTables().filter(isThere);
  const views = dependentFirst(schemaGenerator(em), target.getViews()).filter(isThere);
  if (doomed.length + views.length === 0) return [];
  const platform = em.getPlatform();
  const quote = ({ name, schema }: { name: string; schema?: string | undefined }) =>
    platform.quoteIdentifier(schema ? `${schema}.${name}` : name);
  const names = doomed.map(quote);
  const dropViews = views.map(view => `drop ${view.materialized ? 'materialized ' : ''}view ${quote(view)}`);
  // In one statement, tables that refer to each other need no order, and no cascade that would reach other tables; and where
  // each statement commits, either all are dropped or none.
  const all = names.length === 0 ? [] : [`drop table ${names.join(', ')}`];
  const helper = platform.getSchemaHelper();
  const [withoutKeys, withKeys] = [
    helper?.disableForeignKeysSQL() ?? '',
    helper?.enableForeignKeysSQL() ?? '',
  ];
  if (platform.supportsSchemas()) await runAll(em, [...dropViews, ...all]);
  // Each connection has this setting for itself.
  else if (commitsAtDdl) await runAll(em, [withoutKeys, ...dropViews, ...all], withKeys);
  else {
    // SQLite changes it only outside of a transaction.
    const connection = em.getConnection();
    await connection.execute(withoutKeys);
    try {
      await runAll(em, [...dropViews, ...names.map(name => `drop table ${name}`)]);
    } finally {
      await connection.execute(withKeys);
    }
  }
  return [...doomed, ...views].map(({ name }) => name).toSorted();
}

/** @returns whether a table exists, for each table of the mapped entities */
export async function existingTables(
  em: SqlEm,
): Promise<(table: { name: string; schema?: string | undefined }) => boolean> {
  const existing = await existingNames(em);
  return table => existing.has(key(em, table));
}

function schemaGenerator(em: SqlEm): SqlSchemaGenerator {
  const generator = em.config.getExtension<SqlSchemaGenerator>('@mikro-orm/schema-generator');
  if (generator === undefined) throw new TypeError('The driver has no schema generator');
  return generator;
}

/** The tables that exist, and the views if entities are mapped to views. */
async function existingNames(em: SqlEm): Promise<Set<string>> {
  const helper = em.getPlatform().getSchemaHelper();
  const connection = em.getConnection();
  const ctx = em.getTransactionContext();
  const tables = (await helper?.getAllTables(connection, undefined, ctx)) ?? [];
  const names = tables.map(table => key(em, { name: table.table_name, schema: table.schema_name }));
  const views = schemaGenerator(em).getTargetSchema().getViews();
  const lists = [
    ...(views.some(view => !view.materialized) ? [helper?.getListViewsSQL()] : []),
    ...(views.some(view => view.materialized) ? [helper?.getListMaterializedViewsSQL()] : []),
  ];
  for (const list of lists) {
    const found = await connection.execute<ListedView[]>(list ?? '', [], 'all', ctx);
    names.push(...found.map(view => key(em, { name: view.view_name, schema: view.schema_name })));
  }
  return new Set(names);
}

interface ListedView {
  readonly view_name: string;
  readonly schema_name?: string;
}

function key(em: SqlEm, table: { name: string; schema?: string | undefined }): string {
  const schema = table.schema ?? em.config.get('schema') ?? em.getPlatform().getDefaultSchemaName();
  return schema === undefined || schema === 'main' ? table.name : `${schema}.${table.name}`;
}

/**
 * Runs all of them or none, in the open transaction or in one of their own.
 *
 * @param last what is run then on the same connection, whether or not they failed
 */
async function runAll(em: SqlEm, sql: readonly string[], last?: string): Promise<void> {
  const connection = em.getConnection('write');
  const outer = em.getTransactionContext();
  const run = async (ctx: typeof outer) => {
    try {
      for (const statement of sql) await connection.execute(statement, [], 'run', ctx);
    } finally {
      if (last !== undefined) await connection.execute(last, [], 'run', ctx);
    }
  };
  await (outer === undefined ? connection.transactional(run) : run(outer));
}
