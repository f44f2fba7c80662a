import { types } from 'node:util';
import type { Connection, DatabaseDriver, IDatabaseDriver } from '@mikro-orm/core';

/** What an error of a driver says of itself. */
export interface DriverError {
  readonly code?: unknown;
  readonly errno?: unknown;
  readonly message: string;
}

/** What went wrong, whichever database says so. */
type FailureKind =
  | 'access denied'
  | 'busy'
  | 'cannot open'
  | 'conflict'
  | 'connection lost'
  | 'database denied'
  | 'full'
  | 'locked'
  | 'missing database'
  | 'no answer'
  | 'no host'
  | 'no space'
  | 'not a database'
  | 'read-only'
  | 'token denied'
  | 'transaction aborted'
  | 'unreachable';

export type Failure =
  | { readonly kind: FailureKind }
  | { readonly kind: 'missing table'; readonly table: string };

/** What the system says of any connection. */
const SYSTEM_CODES: Readonly<Record<string, FailureKind>> = {
  EAI_AGAIN: 'no host',
  ECONNREFUSED: 'no answer',
  ECONNRESET: 'connection lost',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'no host',
  EPIPE: 'connection lost',
  ETIMEDOUT: 'unreachable',
};

/** How a family of databases words its errors. */
interface Wording {
  readonly codes: Readonly<Record<string, FailureKind>>;
  /** The codes of an error that `codes` may have; by default its one code. */
  readonly codesOf?: (error: DriverError) => readonly unknown[];
  /** Whether a connection was lost, where no single code tells. */
  readonly isLost?: (error: DriverError) => boolean;
  /** Finds the name of a missing table in a message. */
  readonly missingTable: RegExp;
}

/** What an error says went wrong; undefined for one that says nothing of this. */
export function failureReader({
  codes,
  codesOf = ({ code }) => [code],
  isLost,
  missingTable,
}: Wording): (error: DriverError) => Failure | undefined {
  return error => {
    const known = codesOf(error).map(code => codes[String(code)] ?? SYSTEM_CODES[String(code)]);
    const kind = known.find(each => each !== undefined);
    if (kind !== undefined) return { kind };
    if (isLost?.(error)) return { kind: 'connection lost' };
    const [, table] = missingTable.exec(error.message) ?? [];
    return table === undefined ? undefined : { kind: 'missing table', table };
  };
}

/** What any thrown value says of itself. */
export function asDriverError(error: unknown): DriverError {
  const { code, errno, message } = Object(error) as Readonly<Record<string, unknown>>;
  return { code, errno, message: String(message) };
}

/**
 * Whether a database gave an error its code: SQLITE_*, ER_*, or an SQLSTATE, of which each has a digit; of some of MariaDB's,
 * mysql2 knows the number only.
 */
export function isOfDatabase({ code, errno }: DriverError): boolean {
  if (code === undefined) return typeof errno === 'number';
  return typeof code === 'string' && /^(?:SQLITE|ER)_|^(?=.*\d)[\dA-Z]{5}$/.test(code);
}

/** What a driver throws where MikroORM does not make it an error of its own, as query builders do not. */
export function asDriverException(driver: IDatabaseDriver, error: unknown): unknown {
  // A native driver may be of another realm than this code, and so are its errors.
  const isOfDriver = types.isNativeError(error) && isOfDatabase(asDriverError(error));
  return isOfDriver ? (driver as DatabaseDriver<Connection>).convertException(error) : error;
}

/** Whether a database says that it cannot make anything of a statement, or of a value in it. */
export function isOfStatement({ code }: DriverError): boolean {
  // All of SQLSTATE's 22 and 42 but for missing rights, and features that are not there.
  return typeof code === 'string' && /^(?:22|42(?!501)|0A)\w{3}$|^SQLITE_(?:ERROR|MISMATCH)$|^ER_/.test(code);
}

/** Whether an error says nothing of the statement, but that its connection was lost or its transaction had failed. */
export function isOfEarlier(dialect: Pick<FailingDialect, 'failureOf'>, error: unknown): boolean {
  const kind = dialect.failureOf(asDriverError(error))?.kind;
  return kind === 'connection lost' || kind === 'transaction aborted';
}

/** Whether an error says that a transaction cannot go on beside another one, and has to begin again. */
export function isConflict(dialect: Pick<FailingDialect, 'failureOf'>, error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (dialect.failureOf(asDriverError(cause))?.kind === 'conflict') return true;
  return false;
}

interface FailingDialect {
  failureOf(error: DriverError): Failure | undefined;
}
