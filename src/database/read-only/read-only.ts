import type { MikroORM } from '@mikro-orm/core';
import { MikroscopeError } from '../../errors.ts';
import {
  bringsItsOwn,
  hooksBefore,
  type KyselyConnection,
  refuseNative,
  runnerOf,
} from '../../mikro-orm/kysely-connection.ts';
import { onConnect } from '../../mikro-orm/connections.ts';
import { readOnlyUrl } from '../connection-options.ts';
import { oneStatement, type PgPool } from '../../mikro-orm/pg-client.ts';
import type { Location } from '../location.ts';
import { admitted, isReadOnlyError, readOnlyError } from './read-only-statement.ts';

const POSTGRES_READ_ONLY = 'set session characteristics as transaction read only';
const MYSQL_READ_ONLY = 'set session transaction read only';

/**
 * Makes the database refuse every write of every connection that MikroORM opens from now on: SQLite and libSQL open
 * the file read-only, the others run read-only transactions. Whoever opens a connection of his own can still write.
 *
 * @throws MikroscopeError where the database cannot be told
 */
export function openReadOnly(orm: MikroORM, place: Location): void {
  assertPossible(orm, place);
  const { dialect, file } = place;
  onConnect(orm, (options, connection) => {
    Object.assign(Reflect.get(connection, 'options') as object, hooks(orm, dialect));
    switch (dialect) {
      case 'sqlite':
        return { ...options, readonly: true };
      case 'libsql':
        return { ...options, url: readOnlyUrl(file ?? '') };
      case 'postgresql':
        return { ...options, onPoolCreated: watchPool(options) };
      case 'pglite':
        return options;
      default:
        return { ...options, multipleStatements: false };
    }
  });
  refuseNative(
    orm,
    name =>
      new MikroscopeError(
        'ReadOnly',
        `This session is read-only (--read-only), and ${name}() would go past that`,
        'Use em.execute().',
      ),
  );
}

function assertPossible(orm: MikroORM, { dialect, file, host, url }: Location): void {
  const fail = (message: string, hint: string) => new MikroscopeError('BadArgument', message, hint);
  if (['sqlite', 'libsql', 'pglite'].includes(dialect) && file === undefined) {
    if (host === undefined)
      throw fail(`${url} is empty: there is nothing to read in it`, 'Leave --read-only out, or name a file.');
    throw fail(`libSQL cannot open ${url} read-only`, 'Give it a token that may only read.');
  }
  if (bringsItsOwn(orm, dialect))
    throw fail(
      'This configuration cannot be opened read-only: it brings its own connection',
      'Leave --read-only out, or connect as a user that may only read.',
    );
}

/** What MikroORM calls on every new connection, and on every one taken from a pool. */
function hooks(orm: MikroORM, dialect: string) {
  const raw = new WeakMap<KyselyConnection, (sql: string) => Promise<unknown>>();
  return hooksBefore(orm, {
    onCreateConnection: async connection => {
      const run = runnerOf(connection);
      raw.set(connection, run);
      if (dialect === 'pglite') await run(POSTGRES_READ_ONLY);
      guard(connection, dialect, run);
    },
    onReserveConnection: async connection => {
      if (dialect === 'mysql' || dialect === 'mariadb') await raw.get(connection)?.(MYSQL_READ_ONLY);
    },
  });
}

function guard(connection: KyselyConnection, dialect: string, run: (sql: string) => Promise<unknown>): void {
  const execute = connection.executeQuery.bind(connection);
  const stream = connection.streamQuery.bind(connection);
  connection.executeQuery = async (query, options) => {
    try {
      return await execute({ ...query, sql: admitted(dialect, query.sql) }, options);
    } catch (error) {
      throw isReadOnlyError(error) ? readOnlyError(error) : error;
    } finally {
      // A SELECT can call set_config(); an aborted transaction refuses this, and forgets what was set in it.
      if (dialect === 'pglite') await run(POSTGRES_READ_ONLY).catch(() => {});
    }
  };
  connection.streamQuery = async function* streamed(query, ...rest) {
    yield* stream({ ...query, sql: admitted(dialect, query.sql) }, ...rest);
  };
}

/** Between transactions every statement is made read-only anew, as the last SELECT may have called set_config(). */
function watchPool(options: { onPoolCreated?: (pool: never) => unknown }) {
  return (pool: PgPool) => {
    pool.on('connect', client => {
      const query = client.query.bind(client);
      client.query = (first, ...rest) => {
        const { text, isCursor, args } = oneStatement(first, rest);
        const send = () => query(...args);
        if ((client.getTransactionStatus?.() ?? 'I') !== 'I' || text === 'begin read only') return send();
        const sent = (query({ text: POSTGRES_READ_ONLY }) as Promise<unknown>).then(send, send);
        return isCursor ? first : sent;
      };
    });
    return options.onPoolCreated?.(pool as never);
  };
}
