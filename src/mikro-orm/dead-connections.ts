import { discard, hasEnded, onClient, type PgClient } from './pg-client.ts';

/**
 * The connections of a pool of pg. MikroORM and Kysely keep those that died while a transaction held them, as their
 * rollback fails, and a pool with a connection out cannot be closed.
 */
export class DeadConnections {
  readonly #alive = new Set<PgClient>();
  readonly #ended = new Set<PgClient>();

  /** The options of a pool of pg that is about to be opened. */
  watching(options: object): object {
    return onClient(options, client => {
      this.#alive.add(client);
      client.once('end', () => {
        this.#alive.delete(client);
        this.#ended.add(client);
      });
    });
  }

  /** Gives back those that died. */
  readonly release = (): void => {
    for (const client of this.#ended) discard(client);
    this.#ended.clear();
  };

  /** Waits until all have ended: a pool that is closed does not wait until its clients have said goodbye. */
  async ended(): Promise<void> {
    await Promise.all([...this.#alive].map(hasEnded));
  }

  /** Gives up all that are in use. */
  readonly giveUp = (): void => {
    for (const client of this.#alive) discard(client);
    this.release();
  };
}
