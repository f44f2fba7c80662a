import type { Connection } from '@mikro-orm/core';
import { randomUUID } from 'node:crypto';
import { exactIntegers } from '../../mikro-orm/exact-integers.ts';
import { handsOutItsOwn } from '../../mikro-orm/native-client.ts';
import { embedded } from '../embedded.ts';
import type { Run } from '../sandbox.ts';
import { failureOf } from './failures.ts';
import { jsonPart, jsonPartIs } from './json-part.ts';
import { keepInside } from './keep-inside.ts';
import { losesRows } from './loses-rows.ts';
import { violationOf } from './violations.ts';

/** What SQLite and libSQL share. */
export const sqliteFamily = {
  ...embedded,
  family: 'sqlite',
  isExclusive: false,
  tracksTransactions: false,
  assignsInTurn: false,
  upsertsByDuplicateKey: false,
  offsetNeedsLimit: true,
  // MikroORM writes values into the text of the statement, and SQLite reads that up to a NUL.
  values: {
    integersHave64Bits: true,
    takesNul: false,
    decimalsAreExact: false,
    comparesContents: false,
    matchesPatterns: false,
  },
  exactIntegers,
  losesRows,
  jsonPart,
  jsonPartIs,
  failureOf,
  violationOf,
} as const;

/** The smallest integer, whose absolute value is none. */
const OVERFLOWS = '-9223372036854775808';

/**
 * What their read-only guards share. Their write has to be one that leaves something behind, as SQLite lets a read-only
 * connection do what changes nothing; where it is not refused it fails halfway, and SQLite undoes it.
 */
export const sqliteReadOnly = {
  harmlessWrite: `create table mikroscope_${randomUUID().replaceAll('-', '')} as select abs(${OVERFLOWS})`,
} as const;

/** What their sandboxes share. */
export const sqliteSandbox = {
  kind: 'copy',
  keepInside,
  isInMemory,
  undoes: async (connection: Connection) =>
    (await isInMemory(async sql => ({ rows: await connection.execute(sql) }))) &&
    (await handsOutItsOwn(connection)),
} as const;

/** SQLite tells the file of every database that a connection has; one in memory has none. */
async function isInMemory(run: Run): Promise<boolean> {
  const { rows } = (await run('pragma database_list')) as { rows: readonly { file: string }[] };
  return rows.length > 0 && rows.every(({ file }) => file === '');
}

/** Unlike `select 1`, this reads the file. */
export const readsFile = 'pragma schema_version';
