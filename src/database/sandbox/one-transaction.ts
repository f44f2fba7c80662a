import type { MikroORM } from '@mikro-orm/core';
import { MikroscopeError } from '../../errors.ts';
import {
  hooksBefore,
  type KyselyConnection,
  refuseNative,
  runnerOf,
} from '../../mikro-orm/kysely-connection.ts';
import { onConnect } from '../../mikro-orm/connections.ts';
import { oneStatement, type PgClient, type PgPool } from '../../mikro-orm/pg-client.ts';
import { Savepoints } from './savepoints.ts';
import { refused } from './sandbox-statement.ts';
import { familyOf } from '../../sql/statement.ts';

/**
 * Makes everything that MikroORM does on a server happen in one transaction, on one connection, that nobody commits:
 * it ends with the connection, and however that ends, the server undoes it.
 *
 * @param wrote called after each statement that wrote
 */
export function sandboxOnServer(orm: MikroORM, dialect: string, wrote: () => void): void {
  const family = familyOf(dialect);
  // What is written on the one connection cannot be seen on a replica.
  Reflect.set(orm.driver, 'replicas', []);
  onConnect(orm, (options, connection) => {
    const hooks = hooksBefore(orm, { onCreateConnection: created => guard(created, family, wrote) });
    Object.assign(Reflect.get(connection, 'options') as object, hooks);
    if (family === 'mysql') return { ...options, connectionLimit: 1, multipleStatements: false };
    return {
      connectionTimeoutMillis: 15_000,
      ...options,
      max: 1,
      min: 0,
      idleTimeoutMillis: 0,
      maxUses: Infinity,
      maxLifetimeSeconds: 0,
      onPoolCreated: watchPool(options),
    };
  });
  refuseNative(
    orm,
    name =>
      new MikroscopeError(
        'CannotUndo',
        `This is a sandbox (--sandbox), and ${name}() would go past it`,
        'Use em.execute().',
      ),
  );
}

function guard(connection: KyselyConnection, family: string, wrote: () => void): void {
  const run = runnerOf(connection);
  const execute = connection.executeQuery.bind(connection);
  const stream = connection.streamQuery.bind(connection);
  const savepoints = new Savepoints(family, run, wrote);
  let begun: Promise<unknown> | undefined;
  /** Without autocommit MySQL is in a transaction always, also after a deadlock has undone one. */
  const begin = async () => {
    if (family !== 'mysql') return;
    begun ??= run('set autocommit = 0');
    await begun;
  };
  connection.executeQuery = async (query, options) => {
    await begin();
    try {
      return await savepoints.execute(query.sql, () => execute(query, options));
    } catch (error) {
      const { code, message } = error as { code?: unknown; message?: unknown };
      // PostgreSQL names what cannot run in a transaction.
      throw code === '25001'
        ? refused(/^[A-Z ]+(?= cannot run)/.exec(String(message))?.[0] ?? 'this', error)
        : error;
    }
  };
  connection.streamQuery = async function* streamed(query, ...rest) {
    await begin();
    yield* savepoints.stream(query.sql, () => stream(query, ...rest));
  };
}

/** A server may end a transaction that is idle for long, and this one is; it holds nothing up that a lock does not. */
const KEPT =
  "select set_config(name, '0', true) from pg_settings where name in ('idle_in_transaction_session_timeout', 'transaction_timeout')";

/** Begins the transaction before anything else can be sent, and sends nothing outside of it. */
function watchPool(options: { onPoolCreated?: (pool: never) => unknown }) {
  let clients = 0;
  return (pool: PgPool) => {
    dropAtEnd(pool);
    pool.on('connect', client => {
      const query = client.query.bind(client);
      const isInside = () => (client.getTransactionStatus?.() ?? 'T') !== 'I';
      const begun = (query({ text: 'begin' }) as Promise<unknown>).then(() => query({ text: KEPT }));
      let isNews = clients++ > 0;
      // Whoever sends the first statement is told.
      begun.catch(() => {});
      client.query = (first, ...rest) => {
        const { isCursor, args } = oneStatement(first, rest);
        const send = () => {
          if (isInside()) return query(...args);
          throw lost('The transaction of the sandbox has ended', 'Leave, and come back for another.');
        };
        // A cursor comes after a savepoint: the transaction is there.
        if (isCursor) return send();
        if (!isNews) return begun.then(send);
        isNews = false;
        return Promise.reject(
          lost(
            'The connection was lost, and with it what was done in the sandbox',
            'The database is as it was: go on from there.',
          ),
        );
      };
    });
    return options.onPoolCreated?.(pool as never);
  };
}

/** A pool waits for transactions that are open to end; here they are all given up. */
function dropAtEnd(pool: PgPool): void {
  const out = new Set<PgClient>();
  pool.on('acquire', client => out.add(client));
  pool.on('release', (_error, client) => out.delete(client));
  const end = pool.end.bind(pool);
  pool.end = () => {
    for (const client of out) client.release(true);
    return end();
  };
}

function lost(message: string, hint: string): MikroscopeError {
  return new MikroscopeError('ConnectionLost', message, hint);
}
