import {
  type DriverError,
  type Failure,
  type FailureKind,
  failureWithCode,
  missingTable,
} from '../failure.ts';

/** https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html */
const CODES: Readonly<Record<string, FailureKind>> = {
  '1792': 'read-only',
  ER_ACCESS_DENIED_ERROR: 'access denied',
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: 'access denied',
  ER_BAD_DB_ERROR: 'missing database',
  ER_CLIENT_INTERACTION_TIMEOUT: 'connection lost',
  ER_CONNECTION_KILLED: 'connection lost',
  // Also said of a database that does not exist, to a user who may not create it.
  ER_DBACCESS_DENIED_ERROR: 'database denied',
  ER_SERVER_SHUTDOWN: 'connection lost',
  PROTOCOL_CONNECTION_LOST: 'connection lost',
};

export function failureOf({ code, errno, message }: DriverError): Failure | undefined {
  const failure = failureWithCode(code, CODES) ?? failureWithCode(errno, CODES);
  if (failure !== undefined) return failure;
  if (/in closed state/.test(message)) return { kind: 'connection lost' };
  return missingTable(/Table '(?:[^']*\.)?([^'.]+)' doesn't exist/, message);
}
