import {
  CheckConstraintViolationException,
  DriverException,
  ForeignKeyConstraintViolationException,
  NotNullConstraintViolationException,
  UniqueConstraintViolationException,
} from '@mikro-orm/core';
import type { SqlEm } from '../mikro-orm/orm.ts';

/** What the database would not write, in the names of the database. A table that it does not name is ''. */
export type ConstraintViolation =
  | UniqueViolation
  | { readonly kind: 'notNull'; readonly table: string; readonly column: string }
  | { readonly kind: 'check'; readonly table: string; readonly check: string }
  | { readonly kind: 'invalidValue'; readonly table: string; readonly column: string }
  | { readonly kind: 'invalidValue'; readonly value: string }
  | { readonly kind: 'invalidValue'; readonly beyond: bigint }
  | { readonly kind: 'foreignKey' };

/** A value that a row has already. */
interface UniqueViolation {
  readonly kind: 'unique';
  readonly table: string;
  /** Empty if the database does not name them. */
  readonly columns: readonly string[];
  readonly value?: string;
}

/** Reads a violation out of an error; undefined for an error of another kind. */
export type ReadViolation = (error: unknown, em: SqlEm) => Promise<ConstraintViolation | undefined>;

/** How a family of databases words its errors; the kinds of them MikroORM tells apart. */
interface Wording {
  readonly unique: (error: DriverException, em: SqlEm) => UniqueViolation | Promise<UniqueViolation>;
  /** The column, and its table if the error says that. */
  readonly notNull: (error: DriverException) => { readonly table: string; readonly column: string };
  readonly check: RegExp;
  readonly table: (error: DriverException) => string;
  /** Of what MikroORM does not tell apart, such as a value that is not of the column's type or size. */
  readonly other?: (error: DriverException) => ConstraintViolation | undefined;
}

export function violationReader({ unique, notNull, check, table, other }: Wording): ReadViolation {
  return async (error, em) => {
    if (!(error instanceof DriverException)) return undefined;
    if (error instanceof UniqueConstraintViolationException) return unique(error, em);
    if (error instanceof NotNullConstraintViolationException) return { kind: 'notNull', ...notNull(error) };
    if (error instanceof CheckConstraintViolationException)
      return { kind: 'check', table: table(error), check: firstGroup(check, error.message) };
    if (error instanceof ForeignKeyConstraintViolationException) return { kind: 'foreignKey' };
    return other?.(error);
  };
}

/** What the first group finds that takes part in a match; '' if none does. */
export function firstGroup(pattern: RegExp, text: string): string {
  return (
    pattern
      .exec(text)
      ?.slice(1)
      .find(part => part !== undefined) ?? ''
  );
}
