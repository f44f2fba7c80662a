import { isDeepStrictEqual } from 'node:util';
import type { TableRows } from '../../../src/index.ts';

/** A table as it is compared: without its generated keys, and with the names of those that it refers to. */
export interface TableState {
  readonly table: string;
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** The columns whose values are not to be told. */
  readonly hidden: readonly string[];
  /** The generated keys by the names of their rows. */
  readonly keys: Readonly<Record<string, string>>;
}

/** How a key of a table is called. */
export type KeyNames = (table: string | undefined, key: unknown) => string;

/**
 * Names generated keys after the first text in their rows: which number a row has depends on the order in which rows are
 * written, and on some databases on what has failed before.
 */
export function nameKeys(tables: readonly TableRows[]): KeyNames {
  const named = new Map(tables.map(table => [table.table, namesIn(table)]));
  return (table, key) => named.get(table ?? '')?.get(String(key)) ?? textOf(key);
}

function namesIn({ key, rows, hidden }: TableRows): ReadonlyMap<string, string> {
  if (key === undefined) return new Map();
  const sorted = rows.toSorted((one, other) => Number(one[key]) - Number(other[key]));
  const taken = new Map<string, number>();
  return new Map(
    sorted.map(row => {
      const [, text] =
        Object.entries(row).find(([name, value]) => typeof value === 'string' && !hidden.includes(name)) ??
        [];
      const name = text === undefined ? 'row' : textOf(text);
      const count = (taken.get(name) ?? 0) + 1;
      taken.set(name, count);
      return [String(row[key]), count === 1 && text !== undefined ? name : `${name} ${count}`];
    }),
  );
}

export function tableStates(tables: readonly TableRows[], keyNames: KeyNames): TableState[] {
  return tables.map(({ table, key, references, hidden, rows }) => ({
    table,
    hidden,
    keys:
      key === undefined
        ? {}
        : Object.fromEntries(rows.map(row => [keyNames(table, row[key]), String(row[key])])),
    rows: rows.map(row =>
      Object.fromEntries(
        Object.entries(row)
          .filter(([column]) => column !== key)
          .map(([column, value]) => [column, told(value, references[column], keyNames)]),
      ),
    ),
  }));
}

function told(value: unknown, reference: string | undefined, keyNames: KeyNames): string {
  if (value === null) return 'null';
  return reference === undefined ? textOf(value) : `that of ${keyNames(reference, value)}`;
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
