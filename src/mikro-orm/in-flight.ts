/** A connection of Kysely, as far as it can cancel what it runs. Older versions cannot. */
export interface Cancellable {
  /** Finds out how the server calls this connection, which it may have to ask. */
  collectSessionInfo?(): Promise<void>;
  /**
   * Asks the server to cancel what runs, on a connection of its own.
   *
   * @param provide lends a connection of the pool, where there can be no other
   */
  cancelQuery?(provide: (use: (connection: object) => Promise<void>) => Promise<void>): Promise<void>;
}

/** How a statement ended that was to be cancelled: it failed, or it was done before. */
export type Ending = 'failed' | 'done';

interface Running {
  readonly connection: Cancellable;
  readonly sql: string;
  readonly ending: Promise<Ending>;
}

/** The statements that a database runs now. */
export class InFlight {
  /** Told when a statement is sent while none runs, and when the last one has ended. */
  onBusy: (isBusy: boolean) => void = () => undefined;
  readonly #running = new Set<Running>();
  /** What servers are being asked to cancel. */
  readonly #requests = new Set<Promise<void>>();
  #isHeld = false;
  /** How often it was held. */
  #holds = 0;
  #hasRefused = false;

  /**
   * Sends nothing more than what ends a transaction or a part of one, or puts a setting back, until the function that it
   * returns is called. Whoever sends something else gets an error.
   *
   * @returns what ends this, and tells whether anybody got one
   */
  hold(): () => boolean {
    this.#isHeld = true;
    this.#holds++;
    this.#hasRefused = false;
    return () => {
      this.#isHeld = false;
      return this.#hasRefused;
    };
  }

  /**
   * Called when something is on its way that has to wait first, for a connection for instance: it may be longer on its way
   * than the {@link hold} lasts that is to stop it.
   *
   * @returns what throws an Error if it was held meanwhile
   */
  setOut(): () => void {
    const before = this.#isHeld ? undefined : this.#holds;
    return () => {
      if (before !== this.#holds) this.#refuse();
    };
  }

  /** Sends a statement, or asks for a row of one. @throws Error while it is on {@link hold} */
  async run<R>(connection: Cancellable, sql: string, send: () => Promise<R>): Promise<R> {
    if (this.#isHeld && !ENDING.test(sql)) this.#refuse();
    const { promise: ending, resolve } = Promise.withResolvers<Ending>();
    const running = { connection, sql, ending };
    this.#running.add(running);
    if (this.#running.size === 1) this.onBusy(true);
    try {
      const result = await send();
      resolve('done');
      return result;
    } catch (error) {
      resolve('failed');
      throw error;
    } finally {
      this.#running.delete(running);
      if (this.#running.size === 0) this.onBusy(false);
    }
  }

  #refuse(): never {
    this.#hasRefused ||= this.#isHeld;
    throw new Error('Nothing is sent to the server while it cancels a statement');
  }

  /** Those that there is a reason to cancel: a transaction that is rolled back is left to do so. */
  get #cancellable(): readonly Running[] {
    return [...this.#running].filter(({ sql }) => !/^\s*rollback\b/i.test(sql));
  }

  /** Whether nothing runs that {@link cancel} would cancel. */
  get isEmpty(): boolean {
    return this.#cancellable.length === 0;
  }

  /**
   * Asks the server to cancel what runs, as Kysely does for a query that is aborted, and waits until it has ended.
   *
   * @returns how each ended
   * @throws what the server says of the request
   */
  async cancel(): Promise<readonly Ending[]> {
    return Promise.all(
      this.#cancellable.map(async running => {
        const { connection } = running;
        if (connection.cancelQuery === undefined) throw new Error('its driver has no way to');
        const request = ask(connection);
        this.#requests.add(request);
        try {
          await request;
        } catch (error) {
          // Kysely looks at what runs once more, and fails where that has ended.
          if (this.#running.has(running)) throw error;
        } finally {
          this.#requests.delete(request);
        }
        return running.ending;
      }),
    );
  }

  /** Waits until no server is being asked: whoever asks has a connection of its own, which nobody else closes. */
  async requested(): Promise<void> {
    await Promise.allSettled(this.#requests);
  }
}

async function ask(connection: Cancellable): Promise<void> {
  await connection.collectSessionInfo?.();
  await connection.cancelQuery?.(noOtherConnection);
}

const ENDING = /^\s*(?:rollback|savepoint|release|commit|set|reset|unlock)\b/i;

function noOtherConnection(): Promise<never> {
  return Promise.reject(new Error('its driver has no connection for that'));
}
