import { indirect as indirectOnMariadb } from './mariadb-indirect.ts';
import { mariadb } from './mariadb.ts';
import { mariadbTarget } from './mariadb-target.ts';
import { functions } from './postgresql-functions.ts';
import { indirect as indirectOnPostgresql } from './postgresql-indirect.ts';
import { statements } from './postgresql.ts';
import { postgresqlTarget } from './postgresql-target.ts';
import { indirect, undefended } from './sqlite-indirect.ts';
import { sqlite, uris } from './sqlite.ts';
import { sqliteTarget } from './sqlite-target.ts';

/** What is attacked, and how. */
export const attacked = [
  { dialect: 'sqlite', table: { ...sqlite, ...indirect }, target: () => sqliteTarget('sqlite') },
  {
    dialect: 'libsql',
    table: { ...sqlite, ...indirect, ...undefended, ...uris },
    target: () => sqliteTarget('libsql'),
  },
  {
    dialect: 'postgresql',
    table: { ...statements, ...functions, ...indirectOnPostgresql },
    target: postgresqlTarget,
  },
  {
    dialect: 'mariadb',
    table: { ...mariadb, ...indirectOnMariadb },
    target: mariadbTarget,
    isSkipped: process.env['TEST_MARIADB_URL'] === undefined,
  },
] as const;
