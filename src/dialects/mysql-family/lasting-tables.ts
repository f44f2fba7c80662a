import type { Connection } from '@mikro-orm/core';
import { readStatements, type SqlStatement } from '../../sql/statement.ts';
import type { Run } from '../sandbox.ts';

interface LastingTable {
  readonly name: string;
  readonly engine: string;
}

/** A table whose engine knows no transactions, in one of these databases. */
const lastingTableIn = (databases: string) =>
  "select concat(if(t.table_schema = database(), '', concat(t.table_schema, '.')), t.table_name) as name, " +
  't.engine as engine from information_schema.tables t ' +
  'join information_schema.engines e on e.engine = t.engine ' +
  `where t.table_schema in (${databases}) and t.table_type = 'BASE TABLE' and coalesce(e.transactions, 'NO') <> 'YES' limit 1`;

/** What writes other tables than it names: the views and triggers of this database. */
const DEFINITIONS =
  'select view_definition as text from information_schema.views where table_schema = database() union all ' +
  'select action_statement from information_schema.triggers where trigger_schema = database()';

/** Why this database cannot be a sandbox, as the end of a sentence; undefined if it can. */
export async function obstacle(connection: Connection): Promise<string | undefined> {
  const run = async (sql: string) => ({ rows: await connection.execute<object[]>(sql) });
  const [own] = await rowsOf<LastingTable>(run, lastingTableIn('database()'));
  if (own !== undefined) return `its table ${own.name} (${own.engine}) cannot be rolled back`;
  const definitions = await rowsOf<{ text: string | null }>(run, DEFINITIONS);
  const qualifiers = definitions.flatMap(({ text }) =>
    readStatements(text ?? '', 'mysql').flatMap(statement => statement.qualifiers),
  );
  const other = await lastingTableOf(qualifiers, run);
  return (
    other && `its views or triggers may write ${other.name} (${other.engine}), which cannot be rolled back`
  );
}

/** The table of another database that a statement may write and a ROLLBACK would not undo. */
export async function lastingTable(
  { keyword, target, qualifiers }: SqlStatement,
  run: Run,
): Promise<string | undefined> {
  const isOne = (keyword === 'insert' || keyword === 'replace') && target !== undefined;
  if (isOne && (await isSequence(target.name, run))) return target.name;
  const databases = isOne ? [target.schema?.toLowerCase() ?? ''] : qualifiers;
  return (await lastingTableOf(databases, run))?.name;
}

/** The names of all sequences, which a connection looks up once: to insert into one is to set it, and lasts. */
const sequences = new WeakMap<Run, Promise<ReadonlySet<string>>>();

async function isSequence(name: string, run: Run): Promise<boolean> {
  const all = sequences.get(run) ?? namesOfSequences(run);
  sequences.set(run, all);
  return (await all).has(name.toLowerCase());
}

async function namesOfSequences(run: Run): Promise<ReadonlySet<string>> {
  const rows = await rowsOf<{ name: string }>(
    run,
    "select table_name as name from information_schema.tables where table_type = 'SEQUENCE'",
  );
  return new Set(rows.map(({ name }) => name.toLowerCase()));
}

/** @param qualifiers what may be the names of databases, in lower case */
async function lastingTableOf(qualifiers: readonly string[], run: Run): Promise<LastingTable | undefined> {
  if (qualifiers.every(name => name === '')) return undefined;
  const databases = await rowsOf<{ name: string }>(
    run,
    'select schema_name as name from information_schema.schemata',
  );
  const named = databases.filter(({ name }) => qualifiers.includes(name.toLowerCase()));
  if (named.length === 0) return undefined;
  // As hexadecimal digits, a name needs no quotes.
  const list = named.map(({ name }) => `convert(x'${Buffer.from(name).toString('hex')}' using utf8mb3)`);
  const [table] = await rowsOf<LastingTable>(run, lastingTableIn(list.join(', ')));
  return table;
}

async function rowsOf<Row>(run: Run, sql: string): Promise<readonly Row[]> {
  const { rows } = (await run(sql)) as { readonly rows: readonly Row[] };
  return rows;
}
