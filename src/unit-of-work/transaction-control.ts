import { TransactionEventBroadcaster } from '@mikro-orm/core';
import { isInTransaction } from '../mikro-orm/native-client.ts';
import type { SqlEm, Tx } from '../mikro-orm/orm.ts';
import { transactionLost, type Transactions } from '../mikro-orm/transactions.ts';
import type { SqlLog } from '../sql/sql-log.ts';

/** The transaction of the unit of work in the database, and the savepoints in it. */
export class TransactionControl {
  readonly #em: SqlEm;
  readonly #transactions: Transactions;
  readonly #log: SqlLog;
  readonly #releaseDead: () => void;
  readonly #begin: SqlEm['begin'];
  /** How many statements had failed when the transaction was last known to be alive. */
  #failures = 0;

  constructor(em: SqlEm, transactions: Transactions, log: SqlLog, releaseDead: () => void) {
    this.#em = em;
    this.#transactions = transactions;
    // What others call may be replaced.
    this.#begin = em.begin.bind(em);
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

  /**
   * Begins a transaction, or a savepoint in the one that is open.
   *
   * @throws MikroscopeError `TransactionLost` if the database has undone that
   */
  async begin(): Promise<Tx | undefined> {
    const outer = this.current;
    if (outer === undefined) await this.beginWith(() => this.#begin());
    else {
      // Outside of a transaction a savepoint keeps what is written in it, or begins a transaction by itself.
      await this.#assertAlive();
      await this.#begin({ ctx: outer });
    }
    return this.current;
  }

  /** Begins a transaction where there is none, with a given way to do so. */
  async beginWith(begin: () => Promise<void>): Promise<void> {
    this.#failures = this.#log.failures;
    await this.#transactions.asSession(begin);
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

  /**
   * Commits, if a transaction is open. What throws once the database has committed, such as a subscriber, leaves none open.
   *
   * @throws MikroscopeError `TransactionLost` if the database has undone it
   */
  async commit(): Promise<void> {
    const transaction = this.current;
    if (transaction === undefined) return;
    await this.#assertAlive();
    const broadcaster = new TransactionEventBroadcaster(this.#em);
    const connection = this.#em.getConnection('write');
    try {
      await this.#transactions.asSession(() => connection.commit(transaction, broadcaster));
    } catch (error) {
      if (transaction.isCommitted) this.current = undefined;
      throw error;
    }
    this.current = undefined;
  }

  /** Rolls back to a savepoint, or everything. Without its connection a transaction is undone already. */
  async undo(transaction: Tx): Promise<void> {
    const connection = this.#em.getConnection('write');
    const broadcaster = new TransactionEventBroadcaster(this.#em);
    try {
      await this.#transactions.asSession(() => connection.rollback(transaction, broadcaster));
    } catch {
      this.#releaseDead();
    }
  }

  /** Undoes the whole transaction, if one is open. */
  async rollback(outermost: Tx | undefined = this.current): Promise<void> {
    this.current = undefined;
    if (outermost === undefined) this.#releaseDead();
    else await this.undo(outermost);
  }

  /**
   * Whether the transaction is still there and takes statements. PostgreSQL's does not after a statement that failed, and
   * SQLite and MySQL have some failures undo all of it.
   */
  async isAlive(): Promise<boolean> {
    if (this.#transactions.isSessionUndone) return false;
    const connection = this.#em.getConnection('write');
    const isKnown = isInTransaction(connection);
    const ctx = this.current;
    if (isKnown !== undefined || ctx === undefined) return isKnown ?? false;
    try {
      await connection.commit(await connection.begin({ ctx }));
      return true;
    } catch {
      return false;
    }
  }

  async #assertAlive(): Promise<void> {
    if (this.#log.failures === this.#failures) return;
    if (!(await this.isAlive())) throw transactionLost();
    this.#failures = this.#log.failures;
  }
}
