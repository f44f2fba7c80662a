import type { SqlEm, Tx } from '../mikro-orm/orm.ts';
import { MikroscopeError } from '../errors.ts';
import { databaseError, flushError, nestingError } from '../flush-errors/flush-error.ts';
import { Expiry } from '../identity-map/expiry.ts';
import { wouldCommit } from '../mikro-orm/implicit-commits.ts';
import { Journal } from './journal.ts';
import { WeakRows } from '../identity-map/weak-rows.ts';
import { hasRow } from '../mikro-orm/entity-state.ts';
import { removedEntities } from '../mikro-orm/staged.ts';
import { newEntities } from './cascade.ts';
import { deletedEntities, dirtyEntities, hasPending } from './changes.ts';
import { type Change, ChangeReport } from './report.ts';
import { discardStaged } from './discard.ts';
import { restoreInverse } from './restore-inverse.ts';
import type { SqlLog } from '../sql/log.ts';
import { keepRowSnapshots } from '../mikro-orm/row-snapshots.ts';
import { preserveUnexpired } from '../mikro-orm/preserve-unexpired.ts';
import { TransactionControl } from './transaction.ts';
import { type Cause, Flusher } from './flush.ts';

/**
 * The unit of work and its transaction. MikroORM computes and writes the changes; this decides in which
 * transaction, and keeps what is staged when a write fails.
 */
export class UnitOfWork {
  readonly em: SqlEm;
  readonly expiry = new Expiry();
  readonly weakRows: WeakRows;
  /** What the open transaction wrote. */
  #journal = new Journal();
  /** Entities inserted and then deleted in a transaction that we had to roll back ourselves. */
  readonly #insertedThenDeleted = new Set<object>();

  readonly #savepoints: Savepoint[] = [];
  #readers = 0;

  readonly transaction: TransactionControl;
  readonly #writer: Flusher;

  constructor(em: SqlEm, log: SqlLog, releaseDead: () => void) {
    this.em = em;
    this.weakRows = new WeakRows(em);
    this.transaction = new TransactionControl(em, log, releaseDead);
    this.#writer = new Flusher(
      em,
      this.transaction,
      () => this.#journal,
      value => this.expiry.expire(value),
    );
    keepRowSnapshots(em);
    preserveUnexpired(em, this);
  }

  /** Whether an entity still shows the database. */
  isFresh(entity: object): boolean {
    return this.expiry.isFresh(entity);
  }

  /** Whether a query of the session itself is under way. */
  get isReading(): boolean {
    return this.#readers > 0;
  }

  /** Runs a query; its error becomes a sentence, and where it cost the transaction, what that wrote is staged again. */
  async runRead<T>(query: () => Promise<T>): Promise<T> {
    this.#readers++;
    try {
      // What update() and delete() wrote could not be staged again.
      const isAtRisk = this.transaction.current !== undefined && this.#journal.bulkChanges().length > 0;
      return await (isAtRisk ? this.transaction.inSavepoint(query) : query());
    } catch (error) {
      await this.recover();
      throw databaseError(error);
    } finally {
      this.#readers--;
    }
  }

  get journal(): Journal {
    return this.#journal;
  }

  /** Writes what is staged, in a transaction that stays open. Does nothing, and begins none, without need. */
  async flush(cause: Cause = 'flush'): Promise<ChangeReport> {
    return cause === 'query' ? this.weakRows.withoutWeak(() => this.#write(cause)) : this.#write(cause);
  }

  async #write(cause: Cause): Promise<ChangeReport> {
    if (!hasPending(this.em)) return new ChangeReport('flush', []);
    let journal: Journal;
    try {
      journal = await this.#writer.write(cause);
    } catch (error) {
      await this.recover();
      throw error;
    }
    if (this.#journal.isEmpty) this.#journal = journal;
    else this.#journal.absorb(journal);
    for (const [entity, change] of journal.written()) {
      if (change === 'new') this.expiry.markFresh(entity);
    }
    return new ChangeReport('flush', journal.changes());
  }

  /** Begins a savepoint. What is staged so far belongs to the outside. */
  async beginSavepoint(): Promise<void> {
    await this.flush();
    const wasOpen = this.transaction.current !== undefined;
    if (!wasOpen) await this.transaction.begin();
    const outer = this.transaction.current;
    await this.transaction.begin();
    this.#savepoints.push({ outer, journal: this.#journal, wasOpen });
    this.#journal = new Journal();
  }

  /** Ends the innermost savepoint and keeps what was written in it. */
  async releaseSavepoint(): Promise<void> {
    await this.flush();
    const inner = this.transaction.current;
    const saved = this.#savepoints.at(-1);
    if (inner === undefined || saved === undefined) throw nestingError('nested() lost its transaction');
    await this.transaction.release(inner);
    this.#savepoints.pop();
    this.transaction.current = saved.outer;
    saved.journal.absorb(this.#journal);
    this.#journal = saved.journal;
    if (!saved.wasOpen && this.#journal.isEmpty) await this.transaction.rollback();
  }

  /** Ends the innermost savepoint and undoes what happened in it, in the database and in memory. */
  async rollbackToSavepoint(): Promise<void> {
    const saved = this.#savepoints.pop();
    if (saved === undefined) return;
    const inner = this.transaction.current;
    if (inner !== undefined) await this.transaction.undo(inner);
    this.transaction.current = saved.outer;
    this.#journal.restage(this.em, 'now');
    for (const entity of this.#journal.insertedThenDeleted()) restoreInverse(entity);
    discardStaged(this.em);
    this.#journal = saved.journal;
    this.expiry.expireAll();
    await this.recover();
    if (!saved.wasOpen && this.#journal.isEmpty) await this.transaction.rollback();
  }

  /** @throws MikroscopeError when the database refuses; then nothing is written and everything is still staged */
  async commit(): Promise<ChangeReport> {
    if (this.#savepoints.length > 0)
      throw nestingError('commit() cannot end the transaction inside nested()');
    try {
      await this.flush('commit');
      await this.transaction.commit();
    } catch (error) {
      await this.transaction.rollback();
      this.#stageAgain();
      throw await flushError(this.em, error, new Journal(), 'commit');
    }
    const report = new ChangeReport('commit', this.#journal.changes());
    this.#journal = new Journal();
    this.#insertedThenDeleted.clear();
    this.expiry.expireAll();
    return report;
  }

  /** Undoes everything since the last commit, in the database and in memory. */
  async rollback(): Promise<ChangeReport> {
    if (this.#savepoints.length > 0)
      throw nestingError('rollback() cannot end the transaction inside nested()');
    const bulk = this.#journal.bulkChanges();
    await this.transaction.rollback();
    this.#stageAgain();
    const report = new ChangeReport('rollback', [...this.#staged(), ...bulk]);
    for (const entity of this.#insertedThenDeleted) restoreInverse(entity);
    this.#insertedThenDeleted.clear();
    discardStaged(this.em);
    this.expiry.expireAll();
    return report;
  }

  /** What the next flush would write. */
  get pending(): ChangeReport {
    return new ChangeReport('pending', this.#staged());
  }

  /** What a rollback would take back: what is staged, and what the open transaction wrote. */
  get uncommitted(): ChangeReport {
    return new ChangeReport('uncommitted', [...this.#staged(), ...this.#journal.changes()]);
  }

  /** @throws MikroscopeError where something is not committed that work outside of this could not see, or would undo */
  assertSettled(method: string): void {
    const { summary } = this.uncommitted;
    if (summary === '' && this.transaction.current === undefined) return;
    throw new MikroscopeError(
      'InvalidState',
      `${method}() works in a transaction of its own, and ${summary || 'a transaction'} is not committed`,
      'commit() or rollback() first. Nothing was done.',
    );
  }

  #staged(): (readonly [Change, string])[] {
    const named = (change: Change, entities: readonly object[]) =>
      entities.map(entity => [change, entity.constructor.name] as const);
    return [
      ...named('new', newEntities(this.em)),
      ...named('changed', dirtyEntities(this.em)),
      ...named('removed', deletedEntities(this.em)),
    ];
  }

  /** After an error: where the database has undone the transaction, everything that it wrote is staged again. */
  async recover(): Promise<void> {
    if (this.transaction.current === undefined || this.#savepoints.length > 0) return;
    if (await this.transaction.isAlive()) return;
    await this.transaction.rollback();
    this.#stageAgain();
  }

  /** Ends the transaction; what it wrote is staged again. @throws MikroscopeError where that would lose something */
  async suspend(): Promise<void> {
    if (this.transaction.current === undefined) return;
    if (this.#savepoints.length > 0 || this.#journal.bulkChanges().length > 0) throw wouldCommit('This');
    await this.transaction.rollback();
    this.#stageAgain();
  }

  /** Ends the transaction without a word to memory: the session is about to close. */
  async abandon(): Promise<void> {
    await this.transaction.rollback(this.#savepoints[0]?.outer ?? this.transaction.current);
  }

  #stageAgain(): void {
    this.#journal.restage(this.em, 'now');
    for (const entity of this.#journal.insertedThenDeleted()) this.#insertedThenDeleted.add(entity);
    this.#journal = new Journal();
    // What is to be removed and has no row any more needs no removal.
    const rowless = removedEntities(this.em).filter(entity => !hasRow(entity));
    for (const entity of this.#writer.forget(rowless)) this.#insertedThenDeleted.add(entity);
  }
}

interface Savepoint {
  readonly outer: Tx | undefined;
  readonly journal: Journal;
  readonly wasOpen: boolean;
}
