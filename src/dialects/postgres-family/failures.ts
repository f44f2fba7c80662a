import {
  type DriverError,
  type Failure,
  type FailureKind,
  failureWithCode,
  missingTable,
} from '../failure.ts';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const CODES: Readonly<Record<string, FailureKind>> = {
  '25006': 'read-only',
  '25P02': 'transaction aborted',
  '28000': 'access denied',
  '28P01': 'access denied',
  '3D000': 'missing database',
};

/** The classes of connection errors and shutdowns, and what pg says of a connection that it gave up. */
const LOST_CODE = /^(?:08\w{3}|57P0\d)$/;
const LOST_MESSAGE = /Connection terminated|not queryable|connection error/;

export function failureOf({ code, message }: DriverError): Failure | undefined {
  const failure = failureWithCode(code, CODES);
  if (failure !== undefined) return failure;
  if (LOST_CODE.test(String(code)) || LOST_MESSAGE.test(message)) return { kind: 'connection lost' };
  return missingTable(/relation "([^"]+)" does not exist/, message);
}
