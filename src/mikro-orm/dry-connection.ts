import type { Configuration, Connection } from '@mikro-orm/core';
import { overlay } from './kysely-driver.ts';
import type { SqlEm } from './orm.ts';

type SqlConnection = ReturnType<SqlEm['getConnection']>;

/** A connection of MikroORM's own class that leads to no database. */
interface DryConnection {
  readonly connection: SqlConnection;
  /** What reached its driver. */
  readonly calls: string[];
}

/**
 * A connection like another one of MikroORM's, on a driver that does nothing but tell what reaches it. What the project
 * hooks into its connections is left out: it may change what is sent, and is not there for this.
 */
export async function dryConnection(like: Connection): Promise<DryConnection> {
  const { constructor, config, type } = like as unknown as {
    constructor: new (...args: unknown[]) => SqlConnection;
    config: Configuration;
    type: unknown;
  };
  const connection = Reflect.construct(constructor, [withoutHooks(config), { driverOptions: {} }, type]);
  const calls: string[] = [];
  Reflect.set(connection, 'createKyselyDialect', () => dryDialect(calls));
  await connection.connect({ skipOnConnect: true });
  return { connection, calls };
}

/** What a project gives to each of its connections to call or to send. */
const HOOKS: ReadonlySet<string> = new Set([
  'attachDatabases',
  'onCreateConnection',
  'onReserveConnection',
  'slowQueryThreshold',
]);

function withoutHooks(config: Configuration): Configuration {
  const get = (name: string, fallback: unknown) => {
    if (name === 'onQuery') return (sql: string) => sql;
    return HOOKS.has(name) ? fallback : config.get(name as 'onQuery', fallback as never);
  };
  return overlay(config, { get: get as Configuration['get'] });
}

/** What reaches the driver of a connection while it is used. */
export async function callsOf(
  dry: DryConnection,
  use: (dry: DryConnection) => Promise<unknown>,
): Promise<string> {
  dry.calls.length = 0;
  await use(dry);
  return dry.calls.join(', ');
}

function dryDialect(calls: string[]): object {
  const call = (name: string) => async () => void calls.push(name);
  const connection = {
    executeQuery: async ({ sql }: { sql: string }) => {
      calls.push(sql);
      return { rows: [] };
    },
    async *streamQuery({ sql }: { sql: string }) {
      calls.push(sql);
      yield { rows: [] };
    },
  };
  return {
    createAdapter: () => ({}),
    createIntrospector: () => ({}),
    createQueryCompiler: () => ({}),
    createDriver: () => ({
      init: async () => {},
      acquireConnection: async () => {
        calls.push('acquire');
        return connection;
      },
      releaseConnection: async () => {},
      beginTransaction: call('begin'),
      commitTransaction: call('commit'),
      rollbackTransaction: call('rollback'),
      destroy: async () => {},
    }),
  };
}
