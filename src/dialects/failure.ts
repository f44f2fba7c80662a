/** What an error of a driver says of itself. */
export interface DriverError {
  readonly code?: unknown;
  readonly errno?: unknown;
  readonly message: string;
}

/** What went wrong, whichever database says so. */
export type FailureKind =
  | 'access denied'
  | 'busy'
  | 'cannot open'
  | 'connection lost'
  | 'database denied'
  | 'missing database'
  | 'no answer'
  | 'no host'
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

/** The failure with this code, by a database's own table or by the system's. */
export function failureWithCode(
  code: unknown,
  codes: Readonly<Record<string, FailureKind>>,
): Failure | undefined {
  const kind = codes[String(code)] ?? SYSTEM_CODES[String(code)];
  return kind && { kind };
}

/** The missing table that the first group of a pattern finds in a message. */
export function missingTable(pattern: RegExp, message: string): Failure | undefined {
  const [, table] = pattern.exec(message) ?? [];
  return table === undefined ? undefined : { kind: 'missing table', table };
}

/** What any thrown value says of itself. */
export function asDriverError(error: unknown): DriverError {
  const { code, errno, message } = Object(error) as Readonly<Record<string, unknown>>;
  return { code, errno, message: String(message) };
}
