import type { Connection } from '@mikro-orm/core';
import type { SqlStatement } from '../../sql/statement.ts';
import type { Run } from '../sandbox.ts';
import { asText, callingIn, databasesAmong, qualifiersIn, rowsOf, usedOf } from './definitions.ts';

interface LastingTable {
  readonly name: string;
  readonly engine: string;
}

const LASTS = "coalesce(e.transactions, 'NO') <> 'YES'";

/** A table in one of these databases whose engine knows no transactions, or that draws from a sequence of MariaDB's. */
const lastingTableIn = (databases: string) =>
  "select concat(if(t.table_schema = database(), '', concat(t.table_schema, '.')), t.table_name) as name, " +
  `if(${LASTS}, t.engine, 'a default draws from a sequence') as engine ` +
  'from information_schema.tables t join information_schema.engines e on e.engine = t.engine ' +
  `where t.table_schema in (${databases}) and t.table_type = 'BASE TABLE' and (${LASTS} or exists (` +
  'select 1 from information_schema.columns c where c.table_schema = t.table_schema and c.table_name = t.table_name ' +
  "and c.column_default like '%nextval(%')) limit 1";

/** What draws from a sequence or sets one, in the text of a view, a trigger or a routine. */
const DRAWS = /\b(?:nextval|setval)\b|\bnext\s+value\s+for\b/i;

/** Why this database cannot be a sandbox, as the end of a sentence; undefined if it can. */
export async function obstacle(connection: Connection): Promise<string | undefined> {
  const run = async (sql: string) => ({ rows: await connection.execute<object[]>(sql) });
  const [own] = await rowsOf<LastingTable>(run, lastingTableIn('database()'));
  if (own !== undefined) return `its table ${own.name} (${own.engine}) cannot be rolled back`;
  const [database] = await rowsOf<{ name: string }>(run, 'select lower(database()) as name');
  const other = await reachedFrom([database?.name ?? ''], run);
  return (
    other &&
    `its views, triggers or routines may write ${other.name} (${other.engine}), which cannot be rolled back`
  );
}

/** Whether a statement that failed may have written a table whose engine knows no transactions, so that a part of it is there. */
export async function keepsPart({ qualifiers }: SqlStatement, run: Run): Promise<boolean> {
  const others = (await databasesAmong(qualifiers, run)).map(asText);
  const tables = await rowsOf(
    run,
    'select 1 from information_schema.tables t join information_schema.engines e on e.engine = t.engine ' +
      `where t.table_schema in (${['database()', ...others].join(', ')}) and t.table_type = 'BASE TABLE' and ${LASTS} limit 1`,
  );
  return tables.length > 0;
}

/** The table of another database that a statement may write and a ROLLBACK would not undo. */
export async function lastingTable(statement: SqlStatement, run: Run): Promise<string | undefined> {
  const { keyword, target, qualifiers, writes } = statement;
  const isOne = (keyword === 'insert' || keyword === 'replace') && target !== undefined;
  if (isOne && (await isSequence(target.name, run))) return target.name;
  const written = isOne ? [target.schema?.toLowerCase() ?? ''] : qualifiers;
  const direct = writes ? await lastingTableOf(written, run) : undefined;
  if (direct !== undefined) return direct.name;
  const calling = await callingIn(statement, run);
  const called = (await lastingTableOf(calling, run)) ?? (await reachedFrom(calling, run));
  return called?.name ?? (writes ? (await reachedFrom(written, run))?.name : undefined);
}

async function lastingTableOf(databases: readonly string[], run: Run): Promise<LastingTable | undefined> {
  const named = await databasesAmong(databases, run);
  if (named.length === 0) return undefined;
  const [table] = await rowsOf<LastingTable>(run, lastingTableIn(named.map(asText).join(', ')));
  return table;
}

/**
 * The lasting table of another database that the views, triggers and routines of these databases may write, or those that
 * they use themselves.
 */
async function reachedFrom(databases: readonly string[], run: Run): Promise<LastingTable | undefined> {
  const first = await databasesAmong(databases, run);
  const reached = new Set(first);
  for (const database of reached) {
    if (!first.includes(database)) {
      const table = await lastingTableOf([database], run);
      if (table !== undefined) return table;
    }
    for (const { name, text } of await usedOf(database, run)) {
      if (!text) return { name: `the tables of ${database}.${name}`, engine: 'its text is hidden' };
      if (DRAWS.test(text)) return { name: 'a sequence', engine: `by ${database}.${name}` };
      for (const other of await databasesAmong(qualifiersIn(text), run)) reached.add(other);
    }
  }
  return undefined;
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
