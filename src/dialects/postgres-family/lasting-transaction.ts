import { MikroscopeError } from '../../errors.ts';
import { discard, oneStatement, type PgClient } from '../../mikro-orm/pg-client.ts';

/** A server may end a transaction that is idle for long, and this one is; it holds nothing up that a lock does not. */
const KEEP_IDLE =
  "select set_config(name, '0', true) from pg_settings where name in ('idle_in_transaction_session_timeout', 'transaction_timeout')";

/** The transaction that everything in a sandbox on PostgreSQL happens in. */
export class LastingTransaction {
  readonly #clients = new Set<PgClient>();

  /** Begins it before anything else can be sent, and lets nothing be sent outside of it. */
  readonly begin = async (client: PgClient): Promise<void> => {
    const query = client.query.bind(client);
    await query({ text: 'begin' });
    await query({ text: KEEP_IDLE });
    let isNews = this.#clients.size > 0;
    this.#clients.add(client);
    client.query = (first, ...rest) => {
      const { isCursor, args } = oneStatement(first, rest);
      if (!isCursor && isNews) {
        isNews = false;
        // The first statement after the loss reports it.
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

  /** A pool waits for open transactions to end; here they are all given up. */
  readonly giveUp = (): void => {
    for (const client of this.#clients) discard(client);
    this.#clients.clear();
  };
}

function lost(message: string, hint: string): MikroscopeError {
  return new MikroscopeError('ConnectionLost', message, hint);
}
