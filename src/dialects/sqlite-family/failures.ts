import { failureReader } from '../failure.ts';

export const failureOf = failureReader({
  codes: {
    SQLITE_BUSY: 'busy',
    SQLITE_CANTOPEN: 'cannot open',
    SQLITE_FULL: 'no space',
    SQLITE_LOCKED: 'busy',
    SQLITE_NOTADB: 'not a database',
    SQLITE_READONLY: 'read-only',
  },
  // An extended code, such as SQLITE_READONLY_DBMOVED, begins with the primary one.
  codesOf: ({ code }) => [/^SQLITE_[A-Z]+/.exec(String(code))?.[0] ?? code],
  missingTable: /no such table: (?:main\.)?(\S+)/,
});
