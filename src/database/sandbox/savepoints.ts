import type { SqlFamily } from '../../sql/token.ts';
import { sandboxed, type TransactionStep, transactionStep } from './sandbox-statement.ts';

const SESSION = 'mikroscope_transaction';
const ALONE = 'mikroscope_statement';

/**
 * Reports what is due at a commit, such as a deferred foreign key, and lets what is deferred be so again. A name that
 * stands for a constraint that cannot be deferred, too, is left alone.
 */
const DUE = `do $$
declare deferred text;
begin
  set constraints all immediate;
  for deferred in
    select format('%I.%I', n.nspname, c.conname) from pg_constraint c join pg_namespace n on n.oid = c.connamespace
    where c.condeferred
  loop
    begin
      execute 'set constraints ' || deferred || ' deferred';
    exception when others then null;
    end;
  end loop;
end $$`;

type Run = (sql: string) => Promise<unknown>;

/**
 * The transactions on a connection that is inside of one that is never committed: savepoints stand for them, and a
 * statement outside of them has one to itself where its failure would take everything else with it (PostgreSQL).
 */
export class Savepoints {
  readonly #family: SqlFamily;
  readonly #run: Run;
  readonly #wrote: () => void;
  #isOpen = false;
  #last: Promise<unknown> = Promise.resolve();

  /** @param wrote called after a statement that wrote */
  constructor(family: SqlFamily, run: Run, wrote: () => void) {
    this.#family = family;
    this.#run = run;
    this.#wrote = wrote;
  }

  /**
   * One statement after another, with what stands for its transaction.
   *
   * @param send sends the statement as it is
   * @throws MikroscopeError `CannotUndo`
   */
  execute<R>(sql: string, send: () => Promise<R>): Promise<R | { rows: [] }> {
    const done = this.#last.then(async () => {
      const statement = sandboxed(this.#family, sql);
      const step = transactionStep(statement);
      if (step !== undefined) {
        await this.#take(step);
        return { rows: [] as [] };
      }
      const { writes } = statement;
      const result = await (this.#needsNone ? send() : this.#alone(send, writes));
      if (writes) this.#wrote();
      return result;
    });
    this.#last = done.catch(() => {});
    return done;
  }

  /** The rows of a query. Nobody else uses the connection in the meantime. */
  async *stream<R>(sql: string, rows: () => AsyncIterable<R>): AsyncGenerator<R, void, undefined> {
    await this.#last;
    const step = transactionStep(sandboxed(this.#family, sql));
    if (step !== undefined) {
      await this.#take(step);
      return;
    }
    if (this.#needsNone) {
      yield* rows();
      return;
    }
    await this.#run(`savepoint ${ALONE}`);
    let failed = true;
    try {
      yield* rows();
      failed = false;
    } finally {
      if (failed) await this.#undo(ALONE);
      else await this.#run(`release savepoint ${ALONE}`);
    }
  }

  get #needsNone(): boolean {
    return this.#isOpen || this.#family === 'mysql';
  }

  async #take(step: TransactionStep): Promise<void> {
    const { kind } = step;
    if (this.#isOpen && kind === 'rollback') await this.#rollback();
    // MySQL's BEGIN commits what is open, and PostgreSQL's leaves it alone.
    else if (this.#isOpen && (kind === 'commit' || this.#family === 'mysql')) await this.#commit();
    if (this.#isOpen || (step.kind !== 'begin' && !step.chain)) return;
    await this.#run(`savepoint ${SESSION}`);
    this.#isOpen = true;
    if (step.kind === 'begin' && step.readOnly && this.#family === 'postgresql')
      await this.#run('set transaction read only');
  }

  async #commit(): Promise<void> {
    try {
      await this.#settle(SESSION);
      this.#isOpen = false;
    } catch (error) {
      await this.#rollback();
      // COMMIT says nothing of a transaction that had failed before.
      if ((error as { code?: unknown }).code !== '25P02') throw error;
    }
  }

  async #rollback(): Promise<void> {
    this.#isOpen = false;
    await this.#undo(SESSION);
  }

  async #alone<R>(send: () => Promise<R>, writes: boolean): Promise<R> {
    await this.#run(`savepoint ${ALONE}`);
    try {
      const result = await send();
      if (writes) await this.#settle(ALONE);
      else await this.#run(`release savepoint ${ALONE}`);
      return result;
    } catch (error) {
      await this.#undo(ALONE);
      throw error;
    }
  }

  async #settle(savepoint: string): Promise<void> {
    if (this.#family === 'postgresql') await this.#run(DUE);
    await this.#run(`release savepoint ${savepoint}`);
  }

  /** Where the connection is gone, or the database undid everything by itself, there is nothing left to undo. */
  async #undo(savepoint: string): Promise<void> {
    try {
      await this.#run(`rollback to savepoint ${savepoint}`);
      await this.#run(`release savepoint ${savepoint}`);
    } catch {
      // What comes next says what is wrong.
    }
  }
}
