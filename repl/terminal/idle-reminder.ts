import type { Shell } from '../shell.ts';

/** Reminds of a transaction that stays open while nothing is typed: it may hold locks that others wait for. */
export class IdleReminder {
  readonly #shell: Shell;
  readonly #idleMs: number;
  #timer: NodeJS.Timeout | undefined;

  /** @param idleMs how long it may stay open, in ms */
  constructor(shell: Shell, idleMs: number) {
    this.#shell = shell;
    this.#idleMs = idleMs;
  }

  /** Begins to wait, if a transaction is open. */
  start(): void {
    this.stop();
    const { session } = this.#shell;
    if (!session.inTransaction) return;
    const seconds = Math.round(this.#idleMs / 1000);
    const why = isShared(session) ? ', and others may be waiting for it' : '';
    const text = `A transaction has been open for ${seconds} s${why}: commit() or rollback() ends it.\n`;
    this.#timer = setTimeout(() => process.stdout.write(text), this.#idleMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Whether another process can have the database open, too. */
function isShared({ database, dialect }: Shell['session']): boolean {
  if (!dialect.isEmbedded) return true;
  return !dialect.isExclusive && !database.sandbox && database.name !== ':memory:';
}
