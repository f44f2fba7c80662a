import { failureReader } from '../failure.ts';

/** The classes of connection errors and shutdowns, the limits of transactions, and what pg says of a connection that it gave up. */
const LOST_CODE = /^(?:08\w{3}|57P0\d|25P0[34])$/;
const LOST_MESSAGE = /Connection terminated|not queryable|connection error/;

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const failureOf = failureReader({
  codes: {
    '25006': 'read-only',
    '25P02': 'transaction aborted',
    '28000': 'access denied',
    '28P01': 'access denied',
    '3D000': 'missing database',
    '40001': 'conflict',
    '40P01': 'conflict',
    '53100': 'no space',
    '53300': 'full',
    '55P03': 'locked',
  },
  isLost: ({ code, message }) => LOST_CODE.test(String(code)) || LOST_MESSAGE.test(message),
  // Of a column that is missing it says `column "y" of relation "x" does not exist`.
  missingTable: /(?<!of )relation "([^"]+)" does not exist/,
});
