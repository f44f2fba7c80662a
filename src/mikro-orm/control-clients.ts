import { hasEnded, onPool, type PgClient } from './pg-client.ts';

/**
 * The connections on which Kysely asks PostgreSQL to cancel a statement. Kysely opens one by the class that the pool names,
 * does not wait for its end, and does not listen to it: what a server says there as it ends the connection, as when the
 * database is dropped at that moment, would be an error of nobody.
 */
export class ControlClients {
  readonly #open = new Set<ControlClient>();

  /** The options of a pool of pg that is about to be opened. */
  watching(options: object): object {
    return onPool(options, pool => {
      const { Client: Class, options: own } = pool;
      const watch = (client: ControlClient) => {
        this.#open.add(client);
        client.once('end', () => this.#open.delete(client));
        // Who sent the request gets the error of it.
        client.on('error', () => {});
      };
      if (Class === undefined) return;
      pool.Client = class extends Class {
        constructor(given: object) {
          super(given);
          // The pool's own clients have its options themselves.
          if (given !== own) watch(this);
        }
      };
    });
  }

  /** Waits until all have ended. */
  async ended(): Promise<void> {
    await Promise.all([...this.#open].map(hasEnded));
  }

  /** Ends them without waiting for the server. */
  readonly cutOff = (): void => {
    for (const { connection } of this.#open) connection?.stream?.destroy();
  };
}

/** A client of pg, as far as it can be told that its connection has ended. */
interface ControlClient extends PgClient {
  readonly connection?: { readonly stream?: { destroy(): void } };
}
