import type { Logger, LogContext } from '@mikro-orm/core';

/** One statement that really ran. */
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

  /** A MikroORM logger that writes nothing anywhere; it only feeds the listeners. */
  logger(): Logger {
    return {
      log() {},
      warn() {},
      error() {},
      setDebugMode() {},
      isEnabled: () => false,
      logQuery: context => this.#tell(context),
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
    for (const listener of this.#listeners) listener(entry);
  }
}
