import { mariadb } from './mariadb.ts';
import { mariadbTarget } from './mariadb-target.ts';
import { functions } from './postgresql-functions.ts';
import { statements } from './postgresql.ts';
import { postgresqlTarget } from './postgresql-target.ts';
import { sqlite, uris } from './sqlite.ts';
import { sqliteTarget } from './sqlite-target.ts';

/** What is attacked, and how. */
export const attacked = [
  { dialect: 'sqlite', table: sqlite, target: () => sqliteTarget('sqlite') },
  { dialect: 'libsql', table: { ...sqlite, ...uris }, target: () => sqliteTarget('libsql') },
  { dialect: 'postgresql', table: { ...statements, ...functions }, target: postgresqlTarget },
  {
    dialect: 'mariadb',
    table: mariadb,
    target: mariadbTarget,
    isSkipped: process.env['TEST_MARIADB_URL'] === undefined,
  },
] as const;
