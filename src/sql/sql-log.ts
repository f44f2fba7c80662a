import type { Logger, LogContext } from '@mikro-orm/core';

/** A statement that was sent to the database. One that the session refuses is none. */
export interface SqlEntry {
  /** The statement with `?` in the place of its parameters. */
  readonly sql: string;
  readonly params: readonly unknown[];
  /** The statement as it was sent, parameters in place. */
  readonly text: string;
  readonly ms: number;
  readonly failed: boolean;
}

export type SqlListener = (entry: SqlEntry) => void;

/**
 * Tells its listeners every statement that the session runs, `begin` and `commit` included.
 *
 * @example
 * const stop = session.sql.subscribe(({ sql, ms }) => seen.push(`${sql} [${ms} ms]`));
 * await session.query(User).all();
 * stop();
 */
export class SqlLog {
  readonly #listeners = new Set<SqlListener>();
  #failures = 0;

  /** How many statements have failed so far. */
  get failures(): number {
    return this.#failures;
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: SqlListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * A MikroORM logger that writes nothing anywhere; it only feeds the listeners.
   *
   * @param wasSent whether the statement that MikroORM logs now has been sent; it logs those that were refused, too
   */
  logger(wasSent: () => boolean): Logger {
    return {
      log() {},
      warn() {},
      error() {},
      setDebugMode() {},
      isEnabled: () => false,
      logQuery: context => {
        if (wasSent()) this.#tell(context);
      },
    };
  }

  #tell(context: LogContext): void {
    if (context.level === 'error') this.#failures++;
    if (this.#listeners.size === 0 || context.query === undefined) return;
    const formatted: unknown = context['formatted'];
    const entry: SqlEntry = {
      sql: context.query,
      params: context.params ?? [],
      text: typeof formatted === 'string' ? formatted : context.query,
      ms: context.took ?? 0,
      failed: context.level === 'error',
    };
    for (const listener of this.#listeners) tell(listener, entry);
  }
}

/** A listener that throws does not fail the query: its error is one that nothing has caught. */
function tell(listener: SqlListener, entry: SqlEntry): void {
  try {
    listener(entry);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
