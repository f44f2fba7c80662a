import {
  type DriverError,
  type Failure,
  type FailureKind,
  failureWithCode,
  missingTable,
} from '../failure.ts';

const CODES: Readonly<Record<string, FailureKind>> = {
  SQLITE_BUSY: 'busy',
  SQLITE_CANTOPEN: 'cannot open',
  SQLITE_LOCKED: 'busy',
  SQLITE_NOTADB: 'not a database',
  SQLITE_READONLY: 'read-only',
};

export function failureOf({ code, message }: DriverError): Failure | undefined {
  // An extended code, such as SQLITE_READONLY_DBMOVED, begins with the primary one.
  const primary = /^SQLITE_[A-Z]+/.exec(String(code))?.[0] ?? code;
  return failureWithCode(primary, CODES) ?? missingTable(/no such table: (?:main\.)?(\S+)/, message);
}
