import type { Connection } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

type SqlConnection = ReturnType<SqlEm['getConnection']>;

/** A connection of MikroORM's own class that leads to no database. */
interface DryConnection {
  readonly connection: SqlConnection;
  /** What reached its driver. */
  readonly calls: string[];
}

/** A connection like another one of MikroORM's, on a driver that does nothing but tell what reaches it. */
export async function dryConnection(like: Connection): Promise<DryConnection> {
  const { constructor, config, type } = like as unknown as {
    constructor: new (...args: unknown[]) => SqlConnection;
    config: unknown;
    type: unknown;
  };
  const connection = Reflect.construct(constructor, [config, { driverOptions: {} }, type]);
  const calls: string[] = [];
  Reflect.set(connection, 'createKyselyDialect', () => dryDialect(calls));
  await connection.connect({ skipOnConnect: true });
  return { connection, calls };
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
