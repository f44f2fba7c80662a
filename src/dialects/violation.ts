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
  | TakenValue
  | { readonly kind: 'missing'; readonly table: string; readonly column: string }
  | { readonly kind: 'check'; readonly table: string; readonly check: string }
  | { readonly kind: 'unfit'; readonly table: string; readonly column: string }
  | { readonly kind: 'unfit'; readonly value: string }
  | { readonly kind: 'unfit'; readonly beyond: bigint }
  | { readonly kind: 'reference' };

/** A value that a row has already. */
interface TakenValue {
  readonly kind: 'taken';
  readonly table: string;
  /** Empty if the database does not name them. */
  readonly columns: readonly string[];
  readonly value?: string;
}

/** Reads a violation out of an error; undefined for an error of another kind. */
export type ReadViolation = (error: unknown, em: SqlEm) => Promise<ConstraintViolation | undefined>;

/** How a family of databases words its errors; the kinds of them MikroORM tells apart. */
interface Wording {
  readonly taken: (error: DriverException, em: SqlEm) => TakenValue | Promise<TakenValue>;
  /** The column, and its table if the error says that. */
  readonly missing: (error: DriverException) => { readonly table: string; readonly column: string };
  readonly check: RegExp;
  readonly table: (error: DriverException) => string;
  /** Of a value that is not of the column's type or size. */
  readonly unfit?: (error: DriverException) => ConstraintViolation | undefined;
}

export function violationReader({ taken, missing, check, table, unfit }: Wording): ReadViolation {
  return async (error, em) => {
    if (!(error instanceof DriverException)) return undefined;
    if (error instanceof UniqueConstraintViolationException) return taken(error, em);
    if (error instanceof NotNullConstraintViolationException) return { kind: 'missing', ...missing(error) };
    if (error instanceof CheckConstraintViolationException)
      return { kind: 'check', table: table(error), check: firstGroup(check, error.message) };
    if (error instanceof ForeignKeyConstraintViolationException) return { kind: 'reference' };
    return unfit?.(error);
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
