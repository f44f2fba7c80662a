import { TransactionEventBroadcaster } from '@mikro-orm/core';
import type { SqlEm, Tx } from '../mikro-orm/orm.ts';
import { MikroscopeError } from '../errors.ts';
import type { SqlLog } from '../sql/sql-log.ts';

/** The transaction of the unit of work in the database, and the savepoints in it. */
export class TransactionControl {
  readonly #em: SqlEm;
  readonly #log: SqlLog;
  readonly #releaseDead: () => void;
  #failuresAtBegin = 0;

  constructor(em: SqlEm, log: SqlLog, releaseDead: () => void) {
    this.#em = em;
    this.#log = log;
    this.#releaseDead = releaseDead;
  }

  get current(): Tx | undefined {
    return this.#em.getTransactionContext();
  }

  set current(transaction: Tx | undefined) {
    if (transaction === undefined) this.#em.resetTransactionContext();
    else this.#em.setTransactionContext(transaction);
  }

  /** Begins a transaction, or a savepoint in the one that is open. */
  async begin(): Promise<Tx | undefined> {
    const outer = this.current;
    if (outer === undefined) this.#failuresAtBegin = this.#log.failures;
    await this.#em.begin(outer === undefined ? {} : { ctx: outer });
    return this.current;
  }

  /** Ends a savepoint, and keeps what was written in it. */
  async release(savepoint: Tx): Promise<void> {
    await this.#em.getConnection('write').commit(savepoint);
  }

  /**
   * Runs work in a savepoint of the open transaction, or in a new transaction. A failure undoes the work and no more.
   *
   * @param keep whether a new transaction stays open; by default it does
   */
  async inSavepoint<T>(work: () => Promise<T>, keep: (result: T) => boolean = () => true): Promise<T> {
    const outer = this.current;
    const inner = await this.begin();
    let isKept = false;
    try {
      const result = await work();
      isKept = outer !== undefined || keep(result);
      if (outer !== undefined && inner !== undefined) await this.release(inner);
      return result;
    } finally {
      if (!isKept && inner !== undefined) await this.undo(inner);
      this.current = outer ?? (isKept ? inner : undefined);
    }
  }

  /** Commits, if a transaction is open. @throws MikroscopeError `TransactionLost` if the database has undone it */
  async commit(): Promise<void> {
    const transaction = this.current;
    if (transaction === undefined) return;
    if (this.#log.failures !== this.#failuresAtBegin && !(await this.isAlive())) {
      throw new MikroscopeError(
        'TransactionLost',
        'An earlier statement failed, and the database undid the transaction with it',
      );
    }
    const broadcaster = new TransactionEventBroadcaster(this.#em);
    await this.#em.getConnection('write').commit(transaction, broadcaster);
    this.current = undefined;
  }

  /** Rolls back to a savepoint, or everything. Without its connection a transaction is undone already. */
  async undo(transaction: Tx): Promise<void> {
    const connection = this.#em.getConnection('write');
    const broadcaster = new TransactionEventBroadcaster(this.#em);
    try {
      await connection.rollback(transaction, broadcaster);
    } catch {
      try {
        // Raw SQL has ended it. Only a rollback that works gives the connection back to the pool.
        await connection.execute('begin', [], 'run', transaction);
        await connection.rollback(transaction, broadcaster);
      } catch {
        this.#releaseDead();
      }
    }
  }

  /** Undoes the whole transaction, if one is open. */
  async rollback(outermost: Tx | undefined = this.current): Promise<void> {
    this.current = undefined;
    if (outermost === undefined) this.#releaseDead();
    else await this.undo(outermost);
  }

  /** Whether the database still takes statements in the transaction. PostgreSQL does not after one that failed. */
  async isAlive(): Promise<boolean> {
    try {
      await this.#em.getConnection('write').execute('select 1', [], 'get', this.current);
      return true;
    } catch {
      return false;
    }
  }
}
