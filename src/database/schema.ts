import type { SqlSchemaGenerator } from '@mikro-orm/sqlite';
import { MikroscopeError } from '../errors.ts';
import type { SqlEm } from './orm.ts';

/**
 * Creates the tables that are missing and touches no other, in the transaction of `em` where one is open:
 * SQLite has one connection, so another one would wait for it forever. `before` is called if there is a table to create.
 *
 * @returns the names of the created tables, in alphabetical order
 */
export async function createTables(em: SqlEm, before: () => Promise<void>): Promise<string[]> {
  const generator = schemaGenerator(em);
  const wanted = generator.getTargetSchema();
  const existing = await tableNames(em);
  const missing = wanted.getTables().filter(table => !existing.has(key(em, table)));
  if (missing.length === 0) return [];
  // Compared with itself less the missing tables, the wanted schema differs in exactly these.
  const present = generator.getTargetSchema();
  present.setTables(present.getTables().filter(table => existing.has(key(em, table))));
  if (existing.size === 0) {
    present.setViews([]);
    present.setNativeEnums({});
    present.setNamespaces(new Set());
  }
  const { up } = await generator.getUpdateSchemaMigrationSQL({
    fromSchema: present,
    safe: true,
    dropTables: false,
  });
  await before();
  await runAll(em, statements(up));
  return missing.map(table => table.name).toSorted();
}

/**
 * Drops the tables of the mapped entities and no other. No transaction may be open.
 *
 * @returns the names of the dropped tables, in alphabetical order
 */
export async function dropTables(em: SqlEm): Promise<string[]> {
  const existing = await tableNames(em).catch(error => {
    // Where there is no database file there is nothing to drop.
    if (error instanceof MikroscopeError && error.code === 'MissingDatabase') return new Set<string>();
    throw error;
  });
  const doomed = schemaGenerator(em)
    .getTargetSchema()
    .getTables()
    .filter(table => existing.has(key(em, table)));
  if (doomed.length === 0) return [];
  const platform = em.getPlatform();
  const names = doomed.map(({ name, schema }) =>
    platform.quoteIdentifier(schema ? `${schema}.${name}` : name),
  );
  if (platform.supportsSchemas()) {
    // One statement needs no order among tables that refer to each other, and no cascade to those of others.
    await runAll(em, [`drop table ${names.join(', ')}`]);
  } else {
    const helper = platform.getSchemaHelper();
    const connection = em.getConnection();
    await connection.execute(helper?.disableForeignKeysSQL() ?? '');
    try {
      await runAll(
        em,
        names.map(name => `drop table ${name}`),
      );
    } finally {
      await connection.execute(helper?.enableForeignKeysSQL() ?? '');
    }
  }
  return doomed.map(table => table.name).toSorted();
}

function schemaGenerator(em: SqlEm): SqlSchemaGenerator {
  const generator = em.config.getExtension<SqlSchemaGenerator>('@mikro-orm/schema-generator');
  if (generator === undefined) throw new TypeError('The driver has no schema generator');
  return generator;
}

async function tableNames(em: SqlEm): Promise<Set<string>> {
  const helper = em.getPlatform().getSchemaHelper();
  const tables =
    (await helper?.getAllTables(em.getConnection(), undefined, em.getTransactionContext())) ?? [];
  return new Set(tables.map(table => key(em, { name: table.table_name, schema: table.schema_name })));
}

function key(em: SqlEm, table: { name: string; schema?: string | undefined }): string {
  const schema = table.schema ?? em.config.get('schema') ?? em.getPlatform().getDefaultSchemaName();
  return schema === undefined || schema === 'main' ? table.name : `${schema}.${table.name}`;
}

function statements(sql: string): string[] {
  return sql
    .split(/;\s*\n/)
    .map(statement => statement.trim())
    .filter(statement => statement !== '');
}

/** All of them or none, in the open transaction or in one of their own. */
async function runAll(em: SqlEm, sql: readonly string[]): Promise<void> {
  const connection = em.getConnection('write');
  const outer = em.getTransactionContext();
  const run = async (ctx: typeof outer) => {
    for (const statement of sql) await connection.execute(statement, [], 'run', ctx);
  };
  await (outer === undefined ? connection.transactional(run) : run(outer));
}
