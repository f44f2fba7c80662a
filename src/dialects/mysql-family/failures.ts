import { failureReader } from '../failure.ts';

/** https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html */
export const failureOf = failureReader({
  codes: {
    '1792': 'read-only',
    ER_ACCESS_DENIED_ERROR: 'access denied',
    ER_ACCESS_DENIED_NO_PASSWORD_ERROR: 'access denied',
    ER_BAD_DB_ERROR: 'missing database',
    ER_CLIENT_INTERACTION_TIMEOUT: 'connection lost',
    ER_CON_COUNT_ERROR: 'full',
    ER_CONNECTION_KILLED: 'connection lost',
    // Also said of a database that does not exist, to a user who may not create it.
    ER_DBACCESS_DENIED_ERROR: 'database denied',
    ER_DISK_FULL: 'no space',
    ER_LOCK_DEADLOCK: 'conflict',
    ER_LOCK_WAIT_TIMEOUT: 'locked',
    ER_RECORD_FILE_FULL: 'no space',
    ER_SERVER_SHUTDOWN: 'connection lost',
    PROTOCOL_CONNECTION_LOST: 'connection lost',
  },
  codesOf: ({ code, errno }) => [code, errno],
  isLost: ({ message }) => /in closed state/.test(message),
  missingTable: /Table '(?:[^']*\.)?([^'.]+)' doesn't exist/,
});
