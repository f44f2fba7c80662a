import { discard, onClient, type PgClient } from './pg-client.ts';

/**
 * Gives back connections that died while a transaction held them. MikroORM and Kysely keep them, as their rollback
 * fails, and a pool with a connection out cannot be closed.
 */
export class DeadConnections {
  readonly #ended = new Set<PgClient>();

  /** The options of a pool of pg that is about to be opened. */
  watching(options: object): object {
    return onClient(options, client => client.once('end', () => this.#ended.add(client)));
  }

  readonly release = (): void => {
    for (const client of this.#ended) discard(client);
    this.#ended.clear();
  };
}
