interface Client {
  once(event: 'end', listener: () => void): void;
  release(destroy?: boolean): void;
}

interface Pool {
  on(event: 'connect' | 'acquire', listener: (client: Client) => void): void;
  on(event: 'release', listener: (error: unknown, client: Client) => void): void;
}

/**
 * Gives back connections that died while a transaction held them. Nobody else does, as their rollback fails, and a
 * pool with a connection out cannot be closed.
 */
export class PoolWatch {
  readonly #out = new Set<Client>();
  readonly #dead = new WeakSet<Client>();

  /** The options of a connection that is about to be opened. */
  watching(dialect: string, options: { onPoolCreated?: (pool: Pool) => unknown }): object {
    if (dialect !== 'postgresql') return options;
    const onPoolCreated = (pool: Pool) => {
      this.#watch(pool);
      return options.onPoolCreated?.(pool);
    };
    return { ...options, onPoolCreated };
  }

  #watch(pool: Pool): void {
    pool.on('connect', client => client.once('end', () => this.#dead.add(client)));
    pool.on('acquire', client => this.#out.add(client));
    pool.on('release', (_error, client) => this.#out.delete(client));
  }

  readonly releaseDead = (): void => {
    for (const client of this.#out) {
      if (!this.#dead.has(client)) continue;
      this.#out.delete(client);
      client.release(true);
    }
  };
}
