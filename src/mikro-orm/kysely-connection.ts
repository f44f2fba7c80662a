import type { MikroORM } from '@mikro-orm/core';
import type { MikroscopeError } from '../errors.ts';
import { connectionsOf } from './connections.ts';

/** A connection of Kysely, through which every statement of MikroORM goes. */
export interface KyselyConnection {
  executeQuery(query: Query, options?: unknown): Promise<unknown>;
  streamQuery(query: Query, ...rest: unknown[]): AsyncIterableIterator<unknown>;
}

interface Query {
  readonly sql: string;
}

/** What MikroORM calls on a new connection, or on one taken from a pool. */
export type Hook = (connection: KyselyConnection, options?: unknown) => unknown;

/** Runs a statement of one's own on a connection, past what is put before its methods later. */
export function runnerOf(connection: KyselyConnection): (sql: string) => Promise<unknown> {
  const execute = connection.executeQuery.bind(connection);
  return sql => execute({ sql, parameters: [], query: { kind: 'RawNode' } } as Query);
}

/** The hooks of a connection of MikroORM's, before those of the configuration. */
export function hooksBefore(
  orm: MikroORM,
  { onCreateConnection, onReserveConnection }: { onCreateConnection: Hook; onReserveConnection?: Hook },
): { onCreateConnection: Hook; onReserveConnection: Hook } {
  const before =
    (name: 'onCreateConnection' | 'onReserveConnection', hook: Hook | undefined): Hook =>
    async (connection, options) => {
      await hook?.(connection, options);
      return (orm.config.get(name) as Hook | undefined)?.(connection, options);
    };
  return {
    onCreateConnection: before('onCreateConnection', onCreateConnection),
    onReserveConnection: before('onReserveConnection', onReserveConnection),
  };
}

/** Makes the ways past Kysely an error, and passes complaints of our own on as they are. */
export function refuseNative(orm: MikroORM, complaint: (name: string) => MikroscopeError): void {
  for (const connection of connectionsOf(orm)) {
    for (const name of ['getNativeClient', 'executeDump']) {
      Reflect.set(connection, name, async () => {
        throw complaint(name);
      });
    }
  }
}

/** Whether a configuration hands over a connection that is open already, or a driver that we do not know. */
export function bringsItsOwn(orm: MikroORM, dialect: string): boolean {
  const driverOptions: unknown = orm.config.get('driverOptions');
  const options: unknown = typeof driverOptions === 'function' ? driverOptions() : driverOptions;
  return (
    !['sqlite', 'libsql', 'postgresql', 'pglite', 'mysql', 'mariadb'].includes(dialect) ||
    (typeof options === 'object' &&
      options !== null &&
      ['createDriver', 'startTransaction', 'pglite'].some(name => name in options))
  );
}
