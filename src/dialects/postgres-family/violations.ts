import type { DriverException } from '@mikro-orm/core';
import { type ConstraintViolation, firstGroup, violationReader } from '../violation.ts';

/** PostgreSQL names the table, and says the value. */
export const violationOf = violationReader({
  unique(error) {
    const [, names, values] = /Key \(([^)]+)\)=\((.*)\) already exists/.exec(error.message) ?? [];
    if (names === undefined || values === undefined) return { kind: 'unique', table: '', columns: [] };
    const columns = names.split(', ').map(name => name.replaceAll('"', ''));
    return { kind: 'unique', table: tableOf(error), columns, value: values };
  },
  notNull: error => ({
    table: tableOf(error),
    column: firstGroup(/null value in column "([^"]+)"/, error.message),
  }),
  check: /check constraint "([^"]+)"/,
  table: tableOf,
  other: error => (error.code === RESTRICTED ? { kind: 'foreignKey' } : invalidValue(error)),
});

/** What it says since version 18 of a row that others refer to by a foreign key with RESTRICT. */
const RESTRICTED = '23001';

/** The first number that is too large. */
const BEYOND = { smallint: 2n ** 15n, integer: 2n ** 31n, bigint: 2n ** 63n };

function invalidValue({ code, message }: DriverException): ConstraintViolation | undefined {
  if (!['22P02', '22003', '22007', '22008'].includes(String(code))) return undefined;
  const [, ...said] =
    /(?:invalid input|out of range|syntax)[^"]*: "([^"]*)"|value "([^"]*)" is out of range/.exec(message) ??
    [];
  const value = said.find(part => part !== undefined);
  if (value !== undefined) return { kind: 'invalidValue', value };
  const type = firstGroup(/(smallint|integer|bigint) out of range/, message);
  return type === '' ? undefined : { kind: 'invalidValue', beyond: BEYOND[type as keyof typeof BEYOND] };
}

function tableOf(error: DriverException): string {
  const { table } = error as { table?: unknown };
  return typeof table === 'string' ? table : '';
}
