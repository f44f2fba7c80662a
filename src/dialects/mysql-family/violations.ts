import type { DriverException } from '@mikro-orm/core';
import type { SqlEm } from '../../mikro-orm/orm.ts';
import { readStatements } from '../../sql/statement.ts';
import { type ConstraintViolation, firstGroup, violationReader } from '../violation.ts';

/** MySQL and MariaDB say the value and name the index or the column, and their errors carry the statement. */
export const violationOf = violationReader({
  async unique(error, em) {
    const [, value, index] =
      /Duplicate entry '(.*)' for key '(?:[^']*\.)?([^'.]+)'/.exec(error.message) ?? [];
    if (index === undefined || value === undefined) return { kind: 'unique', table: '', columns: [] };
    const table = tableOf(error);
    const columns = await columnsOf(em, table, index);
    // With a dash between several, nobody knows where one of them ends.
    return { kind: 'unique', table, columns, ...(columns.length === 1 && { value }) };
  },
  notNull: error => ({
    table: tableOf(error),
    column: firstGroup(/(?:Column|Field) '([^']+)'/, error.message),
  }),
  check: /CONSTRAINT `(?:[^`]+`\.`)?([^`]+)` failed|Check constraint '([^']+)'/,
  table: tableOf,
  other: invalidValue,
});

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

/** The numbers of the errors about a value that is out of range, cut off, of the wrong type or too long. */
const INVALID_VALUE_CODES = [1264, 1265, 1292, 1366, 1406];

function invalidValue(error: DriverException): ConstraintViolation | undefined {
  if (!INVALID_VALUE_CODES.includes(Number(Reflect.get(error, 'errno')))) return undefined;
  const column = firstGroup(/column (?:['`][^'`]+['`]\.)*['`]([^'`]+)['`] at row/, error.message);
  return column === '' ? undefined : { kind: 'invalidValue', table: tableOf(error), column };
}

function tableOf(error: DriverException): string {
  const { sql } = error as { sql?: unknown };
  return readStatements(String(sql), 'mysql')[0]?.target?.name ?? '';
}
