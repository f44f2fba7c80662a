import { onClient } from '../mikro-orm/pg-client.ts';
import type { ServerUrl } from './database-url.ts';
import type { Dialect } from './dialect.ts';
import { admitPostgres } from './postgres-family/admit.ts';
import { keepReadOnly } from './postgres-family/keep-read-only.ts';
import { LastingTransaction } from './postgres-family/lasting-transaction.ts';
import { postgresFamily, postgresReadOnly } from './postgres-family/postgres-family.ts';
import { assertUndoable, refusedInside, SETTLE } from './postgres-family/undoable.ts';
import { locateServer, server } from './server.ts';
import { parseServerUrl } from './parse-server-url.ts';

const connectTimeoutMs = 15_000;

/** PostgreSQL, by pg. */
export const postgresql = {
  ...server,
  ...postgresFamily,
  name: 'postgresql',
  label: 'PostgreSQL',
  schemes: ['postgresql', 'postgres'],
  urlForm: 'postgresql://USER:PASSWORD@HOST/NAME',
  parseUrl: typed => parseServerUrl('postgresql', typed),
  connectionOptions(url) {
    const { name, schema, connectionString } = url as ServerUrl;
    return {
      dbName: name,
      ...(schema === undefined ? {} : { schema }),
      driverOptions: { connectionString, connectionTimeoutMillis: connectTimeoutMs },
    };
  },
  locate: (orm, replica) => locateServer('postgresql', orm, replica),
  keepsDeadConnections: true,
  dropDatabase: name => `drop database ${name} with (force)`,
  readOnly: {
    ...postgresReadOnly,
    options: options => onClient(options, keepReadOnly),
    admit: sql => admitPostgres(sql, true),
  },
  sandbox: {
    kind: 'transaction',
    open() {
      const transaction = new LastingTransaction();
      return {
        options: options => ({
          connectionTimeoutMillis: connectTimeoutMs,
          ...onClient(options, transaction.begin),
          max: 1,
          min: 0,
          idleTimeoutMillis: 0,
          maxUses: Infinity,
          maxLifetimeSeconds: 0,
        }),
        disconnect: transaction.giveUp,
      };
    },
    failureAborts: true,
    beginCommits: false,
    isolation: 'read committed',
    beginReadOnly: 'set transaction read only',
    settle: SETTLE,
    assertUndoable,
    refusedInside,
  },
} as const satisfies Dialect;
