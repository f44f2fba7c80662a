import { randomUUID } from 'node:crypto';
import type { Dialect } from '../dialect.ts';
import { admitReading } from '../read-only-statement.ts';
import { server } from '../server.ts';
import { connectionOptions } from './connection-options.ts';
import { failureOf } from './failures.ts';
import { jsonPart, jsonPartIs } from './json-part.ts';
import { keepsPart, lastingTable, obstacle } from './lasting-tables.ts';
import { Counters } from './put-back-counters.ts';
import { losesRows } from './loses-rows.ts';
import { SETTINGS } from './settings.ts';
import { assertUndoable } from './undoable.ts';
import { violationOf } from './violations.ts';

/** What is one database's own. */
type Own = 'name' | 'label' | 'schemes' | 'urlForm' | 'parseUrl' | 'locate';

/** What MySQL and MariaDB share. */
export const mysqlFamily = {
  ...server,
  family: 'mysql',
  connectionOptions,
  commitsAtDdl: true,
  keepsDeadConnections: false,
  takesSockets: true,
  assignsInTurn: true,
  upsertsByDuplicateKey: true,
  offsetNeedsLimit: true,
  values: {
    integersHave64Bits: false,
    takesNul: true,
    decimalsAreExact: true,
    comparesContents: false,
    matchesPatterns: true,
    years: [1, 9999],
  },
  jsonPart,
  jsonPartIs,
  undoesTransaction: ({ errno }) => UNDOING.has(Number(errno)),
  dropDatabase: name => `drop database ${name}`,
  readOnly: {
    options: options => ({ ...options, multipleStatements: false }),
    beforeStatement: 'set session transaction read only',
    admit: sql =>
      admitReading(sql, {
        family: 'mysql', // Its level was set before it.
        begin: () => 'start transaction read only',
        settings: SETTINGS,
      }),
    // A read replica refuses to drop other tables for a reason of its own, which would prove nothing.
    harmlessWrite: `drop temporary table if exists mikroscope_${randomUUID().replaceAll('-', '')}`,
  },
  sandbox: {
    kind: 'transaction',
    open() {
      const counters = new Counters();
      return {
        options: options => ({ ...options, connectionLimit: 1, multipleStatements: false }),
        connect: counters.note,
        disconnect: counters.putBack,
      };
    },
    // Without autocommit there is always a transaction, also after a deadlock has undone one.
    onConnect: 'set autocommit = 0',
    failureAborts: false,
    beginCommits: true,
    assertUndoable,
    lastingTable,
    obstacle,
  },
  losesRows,
  keepsPart,
  failureOf,
  violationOf,
} as const satisfies Omit<Dialect, Own>;

/** A deadlock, too many locks, and MariaDB's "Record has changed since last read". */
const UNDOING = new Set([1213, 1206, 1020]);
