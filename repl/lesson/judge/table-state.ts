import { isDeepStrictEqual } from 'node:util';
import type { TableRows } from '../../../src/index.ts';

/** A table as it is compared: its values as texts, its generated keys as the places of their rows. */
export interface TableState {
  readonly table: string;
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** The columns whose values are not to be told. */
  readonly hidden: readonly string[];
  /** The column of the generated key, which no learner chooses. */
  readonly key: string | undefined;
  /** The generated keys as they are. */
  readonly keys: readonly string[];
}

/** How a key of a table is called. */
export type KeyNames = (table: string | undefined, key: unknown) => string;

/**
 * Names generated keys after the places of their rows, as a row that was written at the second attempt has another number
 * on some databases.
 */
export function nameKeys(tables: readonly TableRows[]): KeyNames {
  const places = new Map(
    tables.flatMap(({ table, key, rows }) => {
      if (key === undefined) return [];
      const keys = rows.map(row => row[key]).toSorted((one, other) => Number(one) - Number(other));
      return [[table, new Map(keys.map((value, index) => [String(value), `#${index + 1}`]))] as const];
    }),
  );
  return (table, key) => places.get(table ?? '')?.get(String(key)) ?? textOf(key);
}

export function tableStates(tables: readonly TableRows[], keyNames: KeyNames): TableState[] {
  return tables.map(({ table, key, references, hidden, rows }) => ({
    table,
    hidden,
    key,
    keys: key === undefined ? [] : rows.map(row => String(row[key])).toSorted(),
    rows: rows.map(row =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => [
          column,
          value === null ? 'null' : keyNames(column === key ? table : references[column], value),
        ]),
      ),
    ),
  }));
}

/** Whether the generated keys of two databases are the same. */
export function haveSameKeys(one: readonly TableState[], other: readonly TableState[]): boolean {
  const keysOf = (tables: readonly TableState[]) => tables.map(({ table, keys }) => [table, keys]);
  return isDeepStrictEqual(keysOf(one), keysOf(other));
}

/** A value as it is compared and told. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
