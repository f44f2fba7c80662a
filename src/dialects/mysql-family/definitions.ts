import { readStatements, type SqlStatement } from '../../sql/statement.ts';
import type { Run } from '../sandbox.ts';

/** Those of the databases in which a statement calls a function, or uses a view that may call one. */
export async function callingIn(
  { qualifiers, functions, text }: SqlStatement,
  run: Run,
): Promise<readonly string[]> {
  const calling: string[] = [];
  for (const database of await databasesAmong(qualifiers, run)) {
    if (database === 'sys') continue;
    const definitions = await definitionsOf(database, run);
    const called = definitions.filter(({ kind, name }) => kind === 'function' && functions.includes(name));
    const used = (await callingViewsIn(database, run)).filter(name => text.toLowerCase().includes(name));
    if (called.length + used.length > 0) calling.push(database);
  }
  return calling;
}

/** The views of a database that may call a function, by themselves, by another one, or by one of another database. */
async function callingViewsIn(database: string, run: Run): Promise<readonly string[]> {
  const views = (await definitionsOf(database, run)).filter(({ kind }) => kind === 'view');
  const calling: string[] = [];
  for (const { name, text } of views) {
    const qualifiers = qualifiersIn(text ?? '').filter(each => each !== database.toLowerCase());
    const isCalling = !text || CALL.test(text) || (await databasesAmong(qualifiers, run)).length > 0;
    if (isCalling) calling.push(name);
  }
  for (const used of calling)
    for (const { name, text } of views)
      if (!calling.includes(name) && text?.toLowerCase().includes(used)) calling.push(name);
  return calling;
}

/** A function of a database in the text of a view, which MySQL and MariaDB write in this way. */
const CALL = /`\s*\(/;

export function qualifiersIn(text: string): readonly string[] {
  return readStatements(text, 'mysql').flatMap(statement => statement.qualifiers);
}

/** A view, a trigger or a routine. */
interface Definition {
  readonly kind: 'view' | 'trigger' | 'function' | 'procedure';
  readonly name: string;
  /** Nothing where the user may not see it. */
  readonly text: string | null;
}

/** What can run in a sandbox: procedures only where something calls them, as CALL itself is refused. */
export async function usedOf(database: string, run: Run): Promise<readonly Definition[]> {
  const definitions = await definitionsOf(database, run);
  const others = definitions.filter(({ kind }) => kind !== 'procedure');
  return others.some(({ text }) => /\bcall\b/i.test(text ?? '')) ? definitions : others;
}

/** What a connection has looked up once: a sandbox creates none of them. */
const known = new WeakMap<Run, Map<string, Promise<readonly Definition[]>>>();

function definitionsOf(database: string, run: Run): Promise<readonly Definition[]> {
  const all = known.get(run) ?? new Map<string, Promise<readonly Definition[]>>();
  known.set(run, all);
  const found = all.get(database) ?? rowsOf<Definition>(run, definitionsIn(asText(database)));
  all.set(database, found);
  return found;
}

const definitionsIn = (database: string) =>
  `select 'view' as kind, lower(table_name) as name, view_definition as text from information_schema.views where table_schema = ${database} union all ` +
  `select 'trigger', lower(trigger_name), action_statement from information_schema.triggers where trigger_schema = ${database} union all ` +
  `select lower(routine_type), lower(routine_name), routine_definition from information_schema.routines where routine_schema = ${database}`;

/** @param names what may be the names of databases, in lower case */
export async function databasesAmong(names: readonly string[], run: Run): Promise<readonly string[]> {
  if (names.every(name => name === '')) return [];
  const databases = await rowsOf<{ name: string }>(
    run,
    'select schema_name as name from information_schema.schemata',
  );
  return databases.flatMap(({ name }) => (names.includes(name.toLowerCase()) ? [name] : []));
}

/** As hexadecimal digits, a name needs no quotes. */
export function asText(name: string): string {
  return `convert(x'${Buffer.from(name).toString('hex')}' using utf8mb3)`;
}

export async function rowsOf<Row>(run: Run, sql: string): Promise<readonly Row[]> {
  const { rows } = (await run(sql)) as { readonly rows: readonly Row[] };
  return rows;
}
