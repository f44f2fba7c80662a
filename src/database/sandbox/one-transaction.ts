import type { MikroORM } from '@mikro-orm/core';
import { MikroscopeError } from '../../errors.ts';
import { onOpen } from '../../mikro-orm/connections.ts';
import type { Interceptor, Layer, OpenConnection, SentStatement } from '../../mikro-orm/interceptor.ts';
import { discard, oneStatement, onClient, type PgClient } from '../../mikro-orm/pg-client.ts';
import { Savepoints } from './savepoints.ts';
import { refused } from './sandbox-statement.ts';
import { familyOf, type SqlFamily } from '../../sql/token.ts';

/**
 * Makes everything that MikroORM does on a server happen in one transaction, on one connection, that is never
 * committed: it ends with the connection, and however that ends, the server undoes it.
 *
 * @param wrote called after each statement that wrote
 */
export function sandboxOnServer(
  orm: MikroORM,
  dialect: string,
  interceptor: Interceptor,
  wrote: () => void,
): void {
  const family = familyOf(dialect);
  const transaction = new LastingTransaction();
  onOpen(orm, options => {
    if (family === 'mysql') return { ...options, connectionLimit: 1, multipleStatements: false };
    return {
      connectionTimeoutMillis: 15_000,
      ...onClient(options, transaction.begin),
      max: 1,
      min: 0,
      idleTimeoutMillis: 0,
      maxUses: Infinity,
      maxLifetimeSeconds: 0,
    };
  });
  interceptor.add('sandbox', keepInside(family, wrote, transaction.giveUp));
}

function keepInside(family: SqlFamily, wrote: () => void, disconnect: () => void): Layer {
  const known = new WeakMap<OpenConnection, Savepoints>();
  const savepointsOf = (connection: OpenConnection) => {
    const savepoints = known.get(connection) ?? new Savepoints(family, connection.run, wrote);
    known.set(connection, savepoints);
    return savepoints;
  };
  return {
    disconnect,
    async connect({ run }) {
      // Without autocommit MySQL is in a transaction always, also after a deadlock has undone one.
      if (family === 'mysql') await run('set autocommit = 0');
    },
    async execute<R>({ sql, connection }: SentStatement, send: () => Promise<R>) {
      try {
        return (await savepointsOf(connection).execute(sql, send)) as R;
      } catch (error) {
        const { code, message } = error as { code?: unknown; message?: unknown };
        // PostgreSQL names what cannot run in a transaction.
        throw code === '25001'
          ? refused(/^[A-Z ]+(?= cannot run)/.exec(String(message))?.[0] ?? 'this', error)
          : error;
      }
    },
    stream({ sql, connection }, rows) {
      return savepointsOf(connection).stream(sql, rows);
    },
    bypass(way) {
      throw new MikroscopeError(
        'CannotUndo',
        `This is a sandbox (--sandbox), and ${way}() would go past it`,
        'Use em.execute().',
      );
    },
  };
}

/** A server may end a transaction that is idle for long, and this one is; it holds nothing up that a lock does not. */
const KEPT =
  "select set_config(name, '0', true) from pg_settings where name in ('idle_in_transaction_session_timeout', 'transaction_timeout')";

/** The transaction that everything in a sandbox on PostgreSQL happens in. */
class LastingTransaction {
  readonly #clients = new Set<PgClient>();

  /** Begins it before anything else can be sent, and lets nothing be sent outside of it. */
  readonly begin = async (client: PgClient): Promise<void> => {
    const query = client.query.bind(client);
    await query({ text: 'begin' });
    await query({ text: KEPT });
    let isNews = this.#clients.size > 0;
    this.#clients.add(client);
    client.query = (first, ...rest) => {
      const { isCursor, args } = oneStatement(first, rest);
      if (!isCursor && isNews) {
        isNews = false;
        // The first statement after the loss is told of it.
        return Promise.reject(
          lost(
            'The connection was lost, and with it what was done in the sandbox',
            'The database is as it was: go on from there.',
          ),
        );
      }
      if ((client.getTransactionStatus?.() ?? 'T') !== 'I') return query(...args);
      throw lost('The transaction of the sandbox has ended', 'Leave, and come back for another.');
    };
  };

  /** A pool waits for transactions that are open to end; here they are all given up. */
  readonly giveUp = (): void => {
    for (const client of this.#clients) discard(client);
    this.#clients.clear();
  };
}

function lost(message: string, hint: string): MikroscopeError {
  return new MikroscopeError('ConnectionLost', message, hint);
}
