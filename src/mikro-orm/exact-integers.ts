import { BigIntType, type MikroORM } from '@mikro-orm/core';
import type { Layer } from './interceptor.ts';
import { embeddedDatabase } from './native-client.ts';

/** What better-sqlite3 and libsql have: whether the statements that are prepared from now on read integers as bigints. */
interface Native {
  defaultSafeIntegers?(isOn: boolean): unknown;
}

/**
 * Reads the integers of SQLite exactly: those that a number cannot hold are a bigint. The driver would round them, and
 * MikroORM take two rows for one. Reading everything as bigints would take much longer, so that a query runs again if
 * there is such an integer in its rows.
 */
export function exactIntegers(orm: MikroORM): Layer {
  /** The driver prepares and runs a statement before it lets anything else happen. */
  const exactly = <R>(work: () => R): R => {
    const database = embeddedDatabase(orm) as Native | undefined;
    // A configuration can bring a driver that is neither.
    database?.defaultSafeIntegers?.(true);
    try {
      return work();
    } finally {
      database?.defaultSafeIntegers?.(false);
    }
  };
  return {
    async execute(statement, send) {
      const isRepeatable = /^\s*(?:select|with|values|pragma)\b/i.test(statement.sql);
      const result = await (isRepeatable ? send() : exactly(send));
      if (isRepeatable && !rowsOf(result).some(hasRounded)) return result;
      const exact = isRepeatable ? await exactly(send) : result;
      for (const row of rowsOf(exact)) shorten(row);
      return exact;
    },
    async *stream(_statement, rows) {
      const iterator = rows()[Symbol.asyncIterator]();
      let next = exactly(() => iterator.next());
      try {
        for (let one = await next; !one.done; one = await next) {
          for (const row of rowsOf(one.value)) shorten(row);
          yield one.value;
          next = iterator.next();
        }
      } finally {
        await iterator.return?.();
      }
    },
  };
}

function rowsOf(result: unknown): readonly Record<string, unknown>[] {
  return (result as { rows?: readonly Record<string, unknown>[] }).rows ?? [];
}

function hasRounded(row: Record<string, unknown>): boolean {
  for (const name in row) {
    const value = row[name];
    if (typeof value === 'number' && !Number.isSafeInteger(value) && Number.isInteger(value)) return true;
  }
  return false;
}

/** Makes a number of each bigint that one can hold. */
function shorten(row: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(row))
    if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) row[name] = Number(value);
}

/** Makes a bigint of what a property holds as a number, if a number cannot: MikroORM would round it. */
export function keepBigints(orm: MikroORM): void {
  for (const { props } of orm.getMetadata().getAll().values())
    for (const { customType } of props) {
      if (!(customType instanceof BigIntType) || customType.mode !== 'number' || kept.has(customType))
        continue;
      kept.add(customType);
      const convert = customType.convertToJSValue.bind(customType);
      customType.convertToJSValue = value => {
        const number = convert(value);
        return typeof number === 'number' && !Number.isSafeInteger(number) ? BigInt(String(value)) : number;
      };
    }
}

/** The types that have been changed; properties may share one. */
const kept = new WeakSet<BigIntType>();
