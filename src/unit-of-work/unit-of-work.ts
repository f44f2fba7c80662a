import type { SqlEm, Tx } from '../mikro-orm/orm.ts';
import type { Transactions } from '../mikro-orm/transactions.ts';
import type { EntityMetadata } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { flushError, nestingError, statementError, withLost } from '../flush-errors/flush-error.ts';
import type { AttemptedWrites } from '../flush-errors/attempted-writes.ts';
import { assertAllowed, type TransactionState } from './transaction-states.ts';
import { isConflict } from '../dialects/failure.ts';
import { dialectOf } from '../dialects/index.ts';
import { Expiry } from '../identity-map/expiry.ts';
import { wouldCommit } from '../mikro-orm/implicit-commits.ts';
import { DirectWrites } from './direct-writes.ts';
import { Journal } from './journal.ts';
import type { Values } from '../entity/values/values.ts';
import { WeakRows } from '../identity-map/weak-rows.ts';
import { hasRow } from '../mikro-orm/entity-state.ts';
import { takenWith } from '../mikro-orm/taken-rows.ts';
import { withoutFlush } from '../mikro-orm/read-without-flush.ts';
import { hasRemoved, removedEntities } from '../mikro-orm/staged.ts';
import { quietlyIn } from '../mikro-orm/watchers.ts';
import { changesIn, type EntityChanges, hasPending, stagedChanges } from './changes.ts';
import { type Change, ChangeReport } from './change-report.ts';
import { isPending } from './object-states.ts';
import { inRounds } from './in-rounds.ts';
import { settleDeletion } from './deletions.ts';
import { discardStaged } from './discard-staged.ts';
import { restoreInverse } from './restore-inverse.ts';
import type { SqlLog } from '../sql/sql-log.ts';
import { entitiesIn } from '../mikro-orm/identity-map.ts';
import { survivingUpserts } from './undone-upserts.ts';
import { takeBackInside } from './take-back-removals.ts';
import { TakenPlaces } from './taken-places.ts';
import { TransactionControl } from './transaction-control.ts';
import type { InTransaction } from '../mikro-orm/unannounced-transactions.ts';
import { InsideTransaction } from './inside-transaction.ts';
import { runTransactional } from './run-transactional.ts';
import { type Cause, Flusher } from './flusher.ts';
import { noteUpdated } from './unread-fields.ts';
import { type PlainCode, watchObjects } from './watch-objects.ts';

/**
 * The unit of work and its transaction. MikroORM computes and writes the changes; this decides in which
 * transaction, and keeps what is staged when a write fails.
 */
export class UnitOfWork {
  readonly em: SqlEm;
  readonly expiry = new Expiry();
  readonly weakRows: WeakRows;
  readonly takenPlaces = new TakenPlaces(this);
  plainCode: PlainCode = { runs: false, enter: call => call(), leave: call => call() };
  /** What the last commit wrote. */
  lastCommit: ChangeReport | undefined;
  /** What the open transaction wrote. */
  #journal = new Journal();
  /** Entities inserted and then deleted in a transaction that we had to roll back ourselves. */
  readonly #insertedThenDeleted = new Set<object>();

  /** The removals that others bring with them, of which nothing is known here. */
  removals: Removals = { complete: () => Promise.resolve(), doubt: () => undefined };

  /** Loads what functions of a project look at when a row is written, before a flush. */
  loadForUpdates: () => Promise<void> = () => Promise.resolve();

  readonly #savepoints: Savepoint[] = [];
  #readers = 0;
  /** Whether the open transaction cannot go on beside another one, however often its last statement is tried. */
  #isDoomed = false;
  #isClosed = false;
  /** Whether something is read for a flush that follows. */
  #isPreparing = false;

  readonly transaction: TransactionControl;
  readonly #flusher: Flusher;
  readonly inside: InsideTransaction;

  constructor(em: SqlEm, transactions: Transactions, log: SqlLog, releaseDead: () => void, values: Values) {
    this.em = em;
    this.weakRows = new WeakRows(em);
    this.transaction = new TransactionControl(em, transactions, log, releaseDead);
    this.#flusher = new Flusher(em, this.transaction, () => this.#journal, this.expiry, values);
    this.#flusher.prepared = write => this.#prepared(write);
    this.#flusher.completeRemovals = () => this.removals.complete();
    this.inside = new InsideTransaction(em, this.expiry);
    watchObjects(this);
  }

  get state(): TransactionState {
    if (this.#isClosed) return 'closed';
    if (this.#savepoints.length > 0) return 'nested';
    return this.transaction.current === undefined ? 'idle' : 'open';
  }

  /** Whether an entity still shows the database. */
  isFresh(entity: object): boolean {
    return this.expiry.isFresh(entity);
  }

  /** Whether a flush is under way. */
  get isWriting(): boolean {
    return this.#flusher.isWriting;
  }

  /** Whether a query of the session itself is under way. */
  get isReading(): boolean {
    return this.#readers > 0;
  }

  /** Runs a query of the session, or a statement that writes rows, as {@link recovering} does. */
  async runRead<T>(query: () => Promise<T>, writes?: AttemptedWrites): Promise<T> {
    this.#readers++;
    try {
      const inner = writes === undefined ? this.inside.current : undefined;
      if (inner !== undefined) return await this.inside.read(inner, query);
      return await this.recovering(() => this.sparing(() => withoutFlush(query)), writes);
    } finally {
      this.#readers--;
    }
  }

  /** Runs work so that its failure does not undo what could not be staged again, as `update()`, `delete()` and SQL wrote it. */
  sparing<T>(work: () => Promise<T>): Promise<T> {
    return this.isAtRisk ? this.transaction.inSavepoint(work) : work();
  }

  /** Whether the open transaction has something in it that could not be staged again. */
  get isAtRisk(): boolean {
    return this.transaction.current !== undefined && !this.#journal.direct.isEmpty;
  }

  /**
   * Runs work in the database. Its error becomes a sentence, and where it cost the transaction, what that wrote is
   * staged again.
   *
   * @param writes what the work was to write, if that is known
   * @throws MikroscopeError what the work's error means
   */
  async recovering<T>(work: () => Promise<T>, writes?: AttemptedWrites): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#isDoomed ||= isConflict(dialectOf(this.em.getDriver()), error);
      const lost = await this.#recover();
      throw withLost(await statementError(this.em, error, writes), lost);
    }
  }

  /** Records what `update()` or `delete()` of a query wrote, which expires everything. */
  async recordBulk(change: Change, meta: EntityMetadata, count: number): Promise<void> {
    this.#journal.direct.recordRows(change, meta.className, count);
    if (change === 'changed') noteUpdated(this.em, meta);
    if (change === 'removed') this.#flusher.forgetTaken(await takenWith(this.em, meta));
    this.expiry.expireAll();
  }

  /** Lets go of what is loaded of a class, and cascaded from it, whose rows something other than a flush has deleted. */
  async noteDeleted(meta: EntityMetadata): Promise<void> {
    const taken = await takenWith(this.em, meta);
    if (taken.length === 0) return;
    this.#flusher.forgetTaken(taken);
    this.expiry.expireAll();
    if (this.transaction.current === undefined) this.#settleDeletions();
  }

  /** Called when the tables are dropped: what is loaded has no rows any more, as after the commit of its deletion. */
  forgetRows(): void {
    this.#flusher.forgetTaken([...entitiesIn(this.em)].filter(hasRow));
    this.#settleDeletions();
  }

  /** Called when entities leave the session; all of them, if none are given. */
  release(entities?: Iterable<object>): void {
    for (const journal of this.#journals) journal.release(entities);
    for (const entity of entities ?? [undefined]) this.takenPlaces.forget(entity);
  }

  /** Keeps the value of a field that MikroORM is about to forget, as {@link Journal.keepField} does. */
  keepField(entity: object, name: string, value: unknown): void {
    for (const journal of this.#journals) journal.keepField(entity, name, value);
  }

  /** Whether SQL wrote in the open transaction of which nothing is staged or counted. */
  get hasOtherWrites(): boolean {
    return this.#journals.some(journal => journal.direct.hasOther);
  }

  /** What the open transaction wrote that cannot be staged again, in words; empty for nothing. */
  get directWrites(): string {
    const all = new DirectWrites();
    for (const { direct } of this.#journals) all.absorb(direct);
    return all.words;
  }

  /** Called when something has written in a transaction that is recorded nowhere else, as `em.upsert()` that made an entity. */
  noteOtherWrite(upserted?: object): void {
    if (this.transaction.current !== undefined) this.#journal.direct.recordOther(upserted);
  }

  /** Writes what is staged, in a transaction that stays open. Does nothing, and begins none, without need. */
  async flush(cause: Cause = 'flush'): Promise<ChangeReport> {
    if (this.#isPreparing) return new ChangeReport('flush', []);
    const inner = cause === 'query' ? this.inside.current : undefined;
    if (inner !== undefined) return inner.flush().then(() => new ChangeReport('flush', []));
    const write = () => this.#write(cause);
    return new ChangeReport(
      'flush',
      changesIn(await (cause === 'query' ? this.weakRows.withoutWeak(write) : write())),
    );
  }

  #write(cause: Cause): Promise<readonly EntityChanges[]> {
    return inRounds(this.em, () => this.#writeOnce(cause));
  }

  /** Reads what has to be known before it is decided what is written, and writes. If that fails, the next flush decides anew. */
  async #prepared<T>(write: () => Promise<T>): Promise<T> {
    try {
      const written = await this.takenPlaces.settle();
      if (hasRemoved(this.em)) quietlyIn(this.em, () => takeBackInside(this.em));
      if (hasRemoved(this.em)) await this.removals.complete();
      await this.#loadForUpdates();
      const result = await write();
      written();
      return result;
    } catch (error) {
      this.removals.doubt();
      throw error;
    }
  }

  /** What is staged is not written before what is read here. */
  async #loadForUpdates(): Promise<void> {
    this.#isPreparing = true;
    try {
      await this.loadForUpdates();
    } finally {
      this.#isPreparing = false;
    }
  }

  /** @returns undefined if there is nothing to write */
  #writeOnce(cause: Cause): Promise<EntityChanges | undefined> {
    return this.#prepared(() => this.#writeStaged(cause));
  }

  async #writeStaged(cause: Cause): Promise<EntityChanges | undefined> {
    if (!hasPending(this.em)) return undefined;
    const journal = await this.recovering(() => this.#flusher.write(cause));
    if (this.#journal.isEmpty) this.#journal = journal;
    else this.#journal.absorb(journal);
    // What a commit wrote expires at once.
    if (cause !== 'commit')
      for (const [entity, change] of journal.written()) if (change === 'new') this.expiry.markWritten(entity);
    return journal.written();
  }

  /** Begins a savepoint. What is staged so far belongs to the outside. */
  async beginSavepoint(): Promise<void> {
    await this.flush();
    const wasOpen = this.transaction.current !== undefined;
    const outer = await this.recovering(async () => {
      if (!wasOpen) await this.transaction.begin();
      const current = this.transaction.current;
      await this.transaction.begin();
      return current;
    });
    this.#savepoints.push({ outer, journal: this.#journal, wasOpen });
    this.#journal = new Journal();
  }

  /**
   * Ends the innermost savepoint and keeps what was written in it.
   *
   * @throws MikroscopeError `InvalidState` if the transaction is gone, and as {@link flush} does
   */
  async releaseSavepoint(): Promise<void> {
    await this.flush();
    const inner = this.transaction.current;
    const saved = this.#savepoints.at(-1);
    if (inner === undefined || saved === undefined) throw nestingError('nested() lost its transaction');
    await this.recovering(() => this.transaction.release(inner));
    this.#savepoints.pop();
    this.transaction.current = saved.outer;
    saved.journal.absorb(this.#journal);
    this.#journal = saved.journal;
    if (!saved.wasOpen && this.#journal.isEmpty) await this.transaction.rollback();
  }

  /**
   * Ends the innermost savepoint and undoes what happened in it, in the database and in memory.
   *
   * @returns what is lost with a transaction that had failed, as {@link abandon} does
   */
  async rollbackToSavepoint(): Promise<string> {
    const saved = this.#savepoints.pop();
    if (saved === undefined) return '';
    const inner = this.transaction.current;
    if (inner !== undefined) await this.transaction.undo(inner);
    this.transaction.current = saved.outer;
    await this.#keepSurviving();
    for (const entity of this.#restage()) restoreInverse(entity);
    discardStaged(this.em);
    this.takenPlaces.forget();
    this.#journal = saved.journal;
    this.expiry.expireAll();
    const lost = await this.#recover();
    if (!saved.wasOpen && this.#journal.isEmpty) await this.transaction.rollback();
    return lost;
  }

  /**
   * Commits. If what is staged cannot be written, the transaction stays open where `update()`, `delete()` or SQL wrote in
   * it, as that cannot be staged again.
   *
   * @throws MikroscopeError when the database refuses; then nothing is written and everything is still staged
   */
  async commit(): Promise<ChangeReport> {
    try {
      await this.#write('commit');
    } catch (error) {
      if (this.#journal.direct.isEmpty) await this.abandon();
      throw await flushError(this.em, error, new Journal(), 'commit');
    }
    try {
      await this.transaction.commit();
    } catch (error) {
      if (this.transaction.current === undefined) {
        this.#settle();
        throw error;
      }
      const lost = await this.abandon();
      throw withLost(await flushError(this.em, error, new Journal(), 'commit'), lost);
    }
    return this.#settle();
  }

  /** Takes what the transaction wrote for what the database has. */
  #settle(): ChangeReport {
    const report = new ChangeReport('commit', this.#written());
    this.lastCommit = report;
    this.#settleDeletions();
    this.#insertedThenDeleted.clear();
    this.expiry.expireAll();
    return report;
  }

  #settleDeletions(): void {
    for (const entity of this.#journal.deleted()) settleDeletion(entity);
    this.#journal = new Journal();
  }

  /** Undoes everything since the last commit, in the database and in memory. */
  async rollback(): Promise<ChangeReport> {
    const report = new ChangeReport('rollback', this.#written(stagedChanges(this.em)));
    await this.abandon();
    for (const entity of this.#insertedThenDeleted) restoreInverse(entity);
    this.#insertedThenDeleted.clear();
    discardStaged(this.em);
    this.takenPlaces.forget();
    this.expiry.expireAll();
    return report;
  }

  /** Runs MikroORM's `transactional()`, as {@link runTransactional} does. */
  transactional<T>(run: InTransaction<T>): Promise<T> {
    const absorb = (journal: Journal) => this.#journal.absorb(journal);
    const explain = async (error: unknown, journal: Journal) =>
      error instanceof MikroscopeError ? error : flushError(this.em, error, journal, 'transactional');
    const deleted = (meta: EntityMetadata) => this.noteDeleted(meta);
    const outside = { em: this.em, flusher: this.#flusher, inside: this.inside, absorb, explain, deleted };
    return runTransactional(outside, run).finally(() => this.inside.ended());
  }

  /** What the next flush would write. */
  get pending(): ChangeReport {
    return new ChangeReport('pending', changesIn([stagedChanges(this.em)]));
  }

  /** What a rollback would take back: what is staged, and what the open transaction wrote. */
  get uncommitted(): ChangeReport {
    return new ChangeReport('uncommitted', this.#written(stagedChanges(this.em)));
  }

  /** What is written and not committed, outside of savepoints too, and then other changes. */
  #written(
    ...later: readonly EntityChanges[]
  ): readonly (readonly [Change, entity: string, count?: number])[] {
    const journals = this.#journals;
    return [
      ...changesIn([...journals.map(journal => journal.written()), ...later]),
      ...journals.flatMap(journal => journal.direct.rows),
    ];
  }

  /** Of the open transaction, those outside of savepoints first. */
  get #journals(): readonly Journal[] {
    return [...this.#savepoints.map(({ journal }) => journal), this.#journal];
  }

  /**
   * A failed transaction, which until now looked open, is given up. One inside nested() waits for the end of that.
   *
   * @returns what is lost with it, as {@link abandon} does
   */
  async #recover(): Promise<string> {
    if (this.state !== 'open') return '';
    if (!this.#isDoomed && (await this.transaction.isAlive())) return '';
    // What another transaction wrote is to be seen in the next one.
    if (this.#isDoomed) this.expiry.expireAll();
    return this.abandon();
  }

  /**
   * Ends the transaction and stages again what it wrote.
   *
   * @throws MikroscopeError `InvalidState` if that would lose something
   */
  async restageTransaction(): Promise<void> {
    if (this.transaction.current === undefined) return;
    assertAllowed('createAll on MySQL', this);
    if (!this.#journal.direct.isEmpty) throw wouldCommit('This');
    await this.abandon();
  }

  /**
   * Ends the transaction before the connection is given up; what it wrote is staged again.
   *
   * @throws MikroscopeError `InvalidState` where that would lose something
   */
  async disconnect(): Promise<void> {
    const lost = this.#journal.direct.words;
    if (lost !== '')
      throw new MikroscopeError(
        'InvalidState',
        `disconnect() would lose what cannot be staged again: ${lost}`,
        'commit() or rollback() first. Nothing was done.',
      );
    await this.abandon();
  }

  /**
   * Undoes the transaction in the database alone: what it wrote is staged again.
   *
   * @returns what cannot be, as `update()`, `delete()` or SQL wrote it: `1 changed (User)`
   */
  async abandon(): Promise<string> {
    const lost = this.#journal.direct.words;
    await this.transaction.rollback();
    this.#isDoomed = false;
    await this.#keepSurviving();
    for (const entity of this.#restage()) this.#insertedThenDeleted.add(entity);
    this.#journal = new Journal();
    return lost;
  }

  /** What `em.upsert()` has found is read again, and what it has inserted is to lose its row. */
  async #keepSurviving(): Promise<void> {
    const { upserted } = this.#journal.direct;
    for (const entity of await survivingUpserts(this.em, upserted)) {
      upserted.delete(entity);
      this.expiry.expire(entity);
    }
  }

  /**
   * Stages again what the journal has.
   *
   * @returns what was inserted, and deleted or is to be: it has no row any more, and needs no removal
   */
  #restage(): Iterable<object> {
    // One that was added again is to get a row.
    const deleted = [...this.#journal.insertedThenDeleted()].filter(entity => !isPending(this.em, entity));
    for (const entity of this.#journal.restage(this.em, 'now')) this.expiry.expire(entity);
    for (const [entity] of this.#journal.written()) this.expiry.expireFormulas(entity);
    const rowless = removedEntities(this.em).filter(entity => !hasRow(entity));
    this.#flusher.forgetRows([...deleted, ...rowless]);
    this.removals.doubt();
    return [...deleted, ...rowless];
  }

  /** Ends the transaction, and with it the unit of work. What is staged stays as it is, and is never written. */
  async close(): Promise<void> {
    const outermost = this.#savepoints[0]?.outer ?? this.transaction.current;
    this.#savepoints.length = 0;
    this.#isClosed = true;
    await this.transaction.rollback(outermost);
  }
}

/** Stages the removals that others bring with them. */
interface Removals {
  /** Called before a flush. */
  complete(): Promise<void>;
  /** Called where a flush has failed, or is undone. */
  doubt(): void;
}

interface Savepoint {
  readonly outer: Tx | undefined;
  readonly journal: Journal;
  readonly wasOpen: boolean;
}
