import {
  CheckConstraintViolationException,
  DriverException,
  ForeignKeyConstraintViolationException,
  NotNullConstraintViolationException,
  UniqueConstraintViolationException,
} from '@mikro-orm/core';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { readStatements } from '../sql/statement.ts';

/** What the database would not write, in the names of the database. Where it does not say a table, that is ''. */
export type ConstraintViolation =
  | {
      readonly kind: 'taken';
      readonly table: string;
      readonly columns: readonly string[];
      readonly value?: string;
    }
  | { readonly kind: 'missing'; readonly table: string; readonly column: string }
  | { readonly kind: 'check'; readonly table: string; readonly check: string }
  | { readonly kind: 'unfit'; readonly table: string; readonly column: string }
  | { readonly kind: 'unfit'; readonly value: string }
  | { readonly kind: 'unfit'; readonly beyond: bigint }
  | { readonly kind: 'reference' };

/** Reads the refusal out of an error of any of the databases; undefined where it is an error of another kind. */
export async function readViolation(em: SqlEm, error: unknown): Promise<ConstraintViolation | undefined> {
  if (!(error instanceof DriverException)) return undefined;
  if (error instanceof UniqueConstraintViolationException) return taken(em, error);
  if (error instanceof NotNullConstraintViolationException) return missing(error);
  if (error instanceof CheckConstraintViolationException) return check(error);
  if (error instanceof ForeignKeyConstraintViolationException) return { kind: 'reference' };
  return unfit(error);
}

async function taken(em: SqlEm, error: DriverException): Promise<ConstraintViolation> {
  const { message } = error;
  // SQLite and libSQL
  const [, failed] = /UNIQUE constraint failed: (?!index )([^\n]+)/.exec(message) ?? [];
  if (failed !== undefined) {
    const columns = failed.split(', ').map(name => name.split('.'));
    return { kind: 'taken', table: columns[0]?.[0] ?? '', columns: columns.map(name => name.at(-1) ?? '') };
  }
  // PostgreSQL and PGlite
  const [, names, values] = /Key \(([^)]+)\)=\((.*)\) already exists/.exec(message) ?? [];
  if (names !== undefined && values !== undefined) {
    const columns = names.split(', ').map(name => name.replaceAll('"', ''));
    return { kind: 'taken', table: tableOf(error), columns, value: values };
  }
  // MySQL and MariaDB name the index, and MySQL its table
  const [, value, index] = /Duplicate entry '(.*)' for key '(?:[^']*\.)?([^'.]+)'/.exec(message) ?? [];
  if (index === undefined || value === undefined) return { kind: 'taken', table: '', columns: [] };
  const table = tableOf(error);
  return { kind: 'taken', table, columns: await columnsOf(em, table, index), value };
}

async function columnsOf(em: SqlEm, table: string, index: string): Promise<string[]> {
  const rows = await em
    .getConnection('write')
    .execute<{ name: string }[]>(
      'select column_name as name from information_schema.statistics ' +
        'where table_schema = database() and table_name = ? and index_name = ? order by seq_in_index',
      [table, index],
      'all',
      em.getTransactionContext(),
    );
  return rows.map(row => row.name);
}

function missing(error: DriverException): ConstraintViolation {
  const [, table, column] = /NOT NULL constraint failed: ([^.\s]+)\.(\S+)/.exec(error.message) ?? [];
  if (table !== undefined && column !== undefined) return { kind: 'missing', table, column };
  const [, name = ''] =
    /null value in column "([^"]+)"|(?:Column|Field) '([^']+)'/
      .exec(error.message)
      ?.filter(part => part !== undefined) ?? [];
  return { kind: 'missing', table: tableOf(error), column: name };
}

/** SQLite says the condition of a check that has no name. */
function check(error: DriverException): ConstraintViolation {
  const [, name] =
    /CHECK constraint failed: ([^\n]+)|check constraint "([^"]+)"|CONSTRAINT `(?:[^`]+`\.`)?([^`]+)` failed|Check constraint '([^']+)'/
      .exec(error.message)
      ?.filter(part => part !== undefined) ?? [];
  return { kind: 'check', table: tableOf(error), check: name ?? '' };
}

/** The first number that is too large. */
const BEYOND = { smallint: 2n ** 15n, integer: 2n ** 31n, bigint: 2n ** 63n };

/** Of a value of the wrong kind or size MySQL and MariaDB say the column, PostgreSQL the value. */
function unfit(error: DriverException): ConstraintViolation | undefined {
  if (['22P02', '22003', '22007', '22008'].includes(String(error.code))) {
    const [, said] =
      /(?:invalid input|out of range|syntax)[^"]*: "([^"]*)"|value "([^"]*)" is out of range/
        .exec(error.message)
        ?.filter(part => part !== undefined) ?? [];
    if (said !== undefined) return { kind: 'unfit', value: said };
    const [, type = ''] = /(smallint|integer|bigint) out of range/.exec(error.message) ?? [];
    return type === '' ? undefined : { kind: 'unfit', beyond: BEYOND[type as keyof typeof BEYOND] };
  }
  if (![1264, 1265, 1292, 1366, 1406].includes(Number(Reflect.get(error, 'errno')))) return undefined;
  const [, column] = /column (?:['`][^'`]+['`]\.)*['`]([^'`]+)['`] at row/.exec(error.message) ?? [];
  return column === undefined ? undefined : { kind: 'unfit', table: tableOf(error), column };
}

/** PostgreSQL names the table. MySQL and MariaDB do not, and their errors carry the statement. */
function tableOf(error: DriverException): string {
  const { table, sql } = error as { table?: unknown; sql?: unknown };
  if (typeof table === 'string') return table;
  return readStatements(String(sql), 'mysql')[0]?.target?.name ?? '';
}
