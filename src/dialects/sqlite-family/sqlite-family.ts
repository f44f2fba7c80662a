import type { Connection } from '@mikro-orm/core';
import { randomUUID } from 'node:crypto';
import { embedded } from '../embedded.ts';
import { failureOf } from './failures.ts';
import { keepInside } from './keep-inside.ts';
import { violationOf } from './violations.ts';

/** What SQLite and libSQL share. */
export const sqliteFamily = {
  ...embedded,
  family: 'sqlite',
  isExclusive: false,
  tracksTransactions: false,
  offsetNeedsLimit: true,
  failureOf,
  violationOf,
} as const;

/** What their read-only guards share. Their write has to be one that leaves something behind: SQLite lets a read-only connection do what changes nothing. */
export const sqliteReadOnly = {
  harmlessWrite: `create table mikroscope_${randomUUID().replaceAll('-', '')} (id int)`,
  needsRollback: true,
} as const;

/** What their sandboxes share. */
export const sqliteSandbox = {
  kind: 'copy',
  keepInside,
  /** SQLite tells the file of every database that a connection has; one in memory has none. */
  async undoes(connection: Connection): Promise<boolean> {
    const databases: { file: string }[] = await connection.execute('pragma database_list');
    return databases.length > 0 && databases.every(({ file }) => file === '');
  },
} as const;

/** Unlike `select 1`, this reads the file. */
export const readsFile = 'pragma schema_version';
