import type { Dialect } from '../../dialects/dialect.ts';
import { asDriverError } from '../../dialects/failure.ts';
import type { OneTransaction, Run } from '../../dialects/sandbox.ts';
import { cannotUndo } from '../../dialects/cannot-undo.ts';
import type { SqlStatement } from '../../sql/statement.ts';
import { readUndoable, type TransactionStep, transactionStep } from './read-undoable.ts';

const TRANSACTION = 'mikroscope_transaction';
const STATEMENT = 'mikroscope_statement';

/**
 * The transactions on a connection that is inside of one that is never committed: savepoints stand for them. A
 * statement outside of them gets one to itself if its failure would take everything else with it.
 */
export class Savepoints {
  readonly #dialect: Dialect;
  readonly #sandbox: OneTransaction;
  readonly #run: Run;
  readonly #wrote: () => void;
  #isOpen = false;
  #last: Promise<unknown> = Promise.resolve();

  /** @param wrote called after a statement that wrote */
  constructor(dialect: Dialect, sandbox: OneTransaction, run: Run, wrote: () => void) {
    this.#dialect = dialect;
    this.#sandbox = sandbox;
    this.#run = run;
    this.#wrote = wrote;
  }

  /**
   * Runs one statement after another, with what stands for its transaction.
   *
   * @param send sends the statement as it is
   * @returns what `send` does, or no rows for a statement that begins or ends a transaction
   * @throws MikroscopeError `CannotUndo`
   */
  execute<R>(sql: string, send: () => Promise<R>): Promise<R | { rows: [] }> {
    const done = this.#last.then(async () => {
      const statement = await this.#read(sql);
      const step = transactionStep(statement);
      if (step !== undefined) {
        await this.#take(step);
        return { rows: [] as [] };
      }
      const { writes } = statement;
      const result = await (this.#needsNoSavepoint ? send() : this.#alone(send, writes));
      if (writes) this.#wrote();
      return result;
    });
    this.#last = done.catch(() => {});
    return done;
  }

  /** The rows of a query. Nothing else uses the connection in the meantime. */
  async *stream<R>(sql: string, rows: () => AsyncIterable<R>): AsyncGenerator<R, void, undefined> {
    await this.#last;
    const step = transactionStep(await this.#read(sql));
    if (step !== undefined) {
      await this.#take(step);
      return;
    }
    if (this.#needsNoSavepoint) {
      yield* rows();
      return;
    }
    await this.#run(`savepoint ${STATEMENT}`);
    let failed = true;
    try {
      yield* rows();
      failed = false;
    } finally {
      if (failed) await this.#undo(STATEMENT);
      else await this.#run(`release savepoint ${STATEMENT}`);
    }
  }

  async #read(sql: string): Promise<SqlStatement> {
    const statement = readUndoable(sql, this.#dialect.family, this.#sandbox);
    const table = await this.#sandbox.lastingTable?.(statement, this.#run);
    if (table !== undefined) throw cannotUndo(`a write to ${table}`);
    return statement;
  }

  get #needsNoSavepoint(): boolean {
    return this.#isOpen || !this.#sandbox.failureAborts;
  }

  async #take(step: TransactionStep): Promise<void> {
    const { kind } = step;
    const { beginCommits, beginReadOnly } = this.#sandbox;
    if (this.#isOpen && kind === 'rollback') await this.#rollback();
    else if (this.#isOpen && (kind === 'commit' || beginCommits)) await this.#commit();
    if (this.#isOpen || (step.kind !== 'begin' && !step.chain)) return;
    await this.#run(`savepoint ${TRANSACTION}`);
    this.#isOpen = true;
    if (step.kind === 'begin' && step.readOnly && beginReadOnly !== undefined) await this.#run(beginReadOnly);
  }

  async #commit(): Promise<void> {
    try {
      await this.#settle(TRANSACTION);
      this.#isOpen = false;
    } catch (error) {
      await this.#rollback();
      // COMMIT says nothing of a transaction that had failed before.
      if (this.#dialect.failureOf(asDriverError(error))?.kind !== 'transaction aborted') throw error;
    }
  }

  async #rollback(): Promise<void> {
    this.#isOpen = false;
    await this.#undo(TRANSACTION);
  }

  async #alone<R>(send: () => Promise<R>, writes: boolean): Promise<R> {
    await this.#run(`savepoint ${STATEMENT}`);
    try {
      const result = await send();
      if (writes) await this.#settle(STATEMENT);
      else await this.#run(`release savepoint ${STATEMENT}`);
      return result;
    } catch (error) {
      await this.#undo(STATEMENT);
      throw error;
    }
  }

  async #settle(savepoint: string): Promise<void> {
    const { settle } = this.#sandbox;
    if (settle !== undefined) await this.#run(settle);
    await this.#run(`release savepoint ${savepoint}`);
  }

  /** If the connection is gone, or the database undid everything by itself, nothing is left to undo. */
  async #undo(savepoint: string): Promise<void> {
    try {
      await this.#run(`rollback to savepoint ${savepoint}`);
      await this.#run(`release savepoint ${savepoint}`);
    } catch {
      // What comes next says what is wrong.
    }
  }
}
