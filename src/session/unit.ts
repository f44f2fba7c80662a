import {
  TransactionEventBroadcaster,
  type EventSubscriber,
  type FlushEventArgs,
  type Transaction,
} from '@mikro-orm/core';
import type { SqlEm } from '../database/orm.ts';
import { MikroscopeError } from '../errors.ts';
import { flushError } from './failure.ts';
import { Freshness } from './freshness.ts';
import { Journal } from './journal.ts';
import { deletedEntities, dirtyEntities, hasPending, newEntities } from './pending.ts';
import { ChangeReport } from './report.ts';
import { discardStaged } from './rollback.ts';
import { keepFreshSteady } from './steady.ts';
import { assertLengths } from './validate.ts';

/**
 * The unit of work and its transaction. MikroORM computes and writes the changes; this decides in which
 * transaction, and keeps what is staged when a write fails.
 */
export class Unit implements EventSubscriber {
  readonly em: SqlEm;
  readonly freshness = new Freshness();
  /** What the open transaction wrote. */
  #journal = new Journal();
  /** The flush that is under way, if it is ours. */
  #flush: { journal: Journal; savepoint: Transaction | undefined } | undefined;

  readonly #savepoints: Savepoint[] = [];
  #readers = 0;

  constructor(em: SqlEm) {
    this.em = em;
    em.getEventManager().registerSubscriber(this);
    keepFreshSteady(this);
  }

  /** Whether a query of the session itself is under way. */
  get isReading(): boolean {
    return this.#readers > 0;
  }

  async reading<T>(query: () => Promise<T>): Promise<T> {
    this.#readers++;
    try {
      return await query();
    } finally {
      this.#readers--;
    }
  }

  get journal(): Journal {
    return this.#journal;
  }

  /** Writes what is staged, in a transaction that stays open. Does nothing, and begins none, without need. */
  async flush(cause: 'flush' | 'query' | 'commit' = 'flush'): Promise<ChangeReport> {
    if (!hasPending(this.em)) return new ChangeReport('flush', []);
    const uow = this.em.getUnitOfWork();
    const stacks = [uow.getPersistStack(), uow.getRemoveStack(), uow.getOrphanRemoveStack()];
    const staged = stacks.map(stack => [...stack]);
    const journal = new Journal();
    const outer = this.em.getTransactionContext();
    this.#flush = { journal, savepoint: undefined };
    try {
      await this.em.flush();
      const begun = this.#flush.savepoint;
      if (begun !== undefined && outer !== undefined) await this.em.getConnection('write').commit(begun);
      // MikroORM's flush puts back the transaction it found, which was none when this one began it.
      const open = outer ?? begun;
      if (open !== undefined) this.em.setTransactionContext(open);
    } catch (error) {
      const failed = await flushError(this.em, error, journal, cause, () => this.#undo(outer));
      journal.forget(this.em, 'before');
      stacks.forEach((stack, i) => {
        stack.clear();
        for (const entity of staged[i] ?? []) stack.add(entity);
      });
      throw failed;
    } finally {
      this.#flush = undefined;
    }
    this.#journal.absorb(journal);
    for (const { entity, change } of journal.entities())
      if (change === 'new') this.freshness.refreshed(entity);
    return new ChangeReport('flush', journal.changes());
  }

  /** Begins a savepoint. What is staged so far belongs to the outside. */
  async save(): Promise<void> {
    await this.flush();
    const wasOpen = this.em.isInTransaction();
    await this.begin();
    const outer = this.em.getTransactionContext();
    await this.em.begin(outer === undefined ? {} : { ctx: outer });
    this.#savepoints.push({ outer, journal: this.#journal, wasOpen });
    this.#journal = new Journal();
  }

  /** Ends the innermost savepoint and keeps what was written in it. */
  async release(): Promise<void> {
    await this.flush();
    const inner = this.em.getTransactionContext();
    const saved = this.#savepoints.at(-1);
    if (inner === undefined || saved?.outer === undefined)
      throw nestingError('nested() lost its transaction');
    await this.em.getConnection('write').commit(inner);
    this.#savepoints.pop();
    this.em.setTransactionContext(saved.outer);
    saved.journal.absorb(this.#journal);
    this.#journal = saved.journal;
    if (!saved.wasOpen && this.#journal.isEmpty) await this.abandon();
  }

  /** Ends the innermost savepoint and undoes what happened in it, in the database and in memory. */
  async undo(): Promise<void> {
    const saved = this.#savepoints.pop();
    if (saved === undefined) return;
    try {
      const inner = this.em.getTransactionContext();
      if (inner !== undefined) await this.em.getConnection('write').rollback(inner);
    } catch {
      // The connection is gone, and with it the transaction.
    }
    if (saved.outer !== undefined) this.em.setTransactionContext(saved.outer);
    this.#journal.forget(this.em, 'now');
    discardStaged(this.em);
    this.#journal = saved.journal;
    this.freshness.expireAll();
    if (!saved.wasOpen && this.#journal.isEmpty) await this.abandon();
  }

  /** @throws MikroscopeError when the database refuses; then nothing is written and everything is still staged */
  async commit(): Promise<ChangeReport> {
    if (this.#savepoints.length > 0)
      throw nestingError('commit() cannot end the transaction inside nested()');
    try {
      await this.flush('commit');
      const transaction = this.em.getTransactionContext();
      if (transaction !== undefined) {
        const broadcaster = new TransactionEventBroadcaster(this.em);
        await this.em.getConnection('write').commit(transaction, broadcaster);
        this.em.resetTransactionContext();
      }
    } catch (error) {
      await this.abandon();
      this.#journal.forget(this.em, 'now');
      this.#journal = new Journal();
      throw error instanceof MikroscopeError
        ? error
        : await flushError(this.em, error, new Journal(), 'commit');
    }
    const report = new ChangeReport('commit', this.#journal.changes());
    this.#journal = new Journal();
    this.freshness.expireAll();
    return report;
  }

  /** Undoes everything since the last commit, in the database and in memory. */
  async rollback(): Promise<ChangeReport> {
    if (this.#savepoints.length > 0)
      throw nestingError('rollback() cannot end the transaction inside nested()');
    const bulk = this.#journal.bulkChanges();
    await this.abandon();
    this.#journal.forget(this.em, 'now');
    this.#journal = new Journal();
    const name = (entity: object) => entity.constructor.name;
    const report = new ChangeReport('rollback', [
      ...newEntities(this.em).map(entity => ['new', name(entity)] as const),
      ...dirtyEntities(this.em).map(entity => ['changed', name(entity)] as const),
      ...deletedEntities(this.em).map(entity => ['removed', name(entity)] as const),
      ...bulk,
    ]);
    discardStaged(this.em);
    this.freshness.expireAll();
    return report;
  }

  /** Begins the transaction that is open until commit or rollback, unless there is one. */
  async begin(): Promise<void> {
    if (!this.em.isInTransaction()) await this.em.begin();
  }

  /** Ends the transaction in the database and leaves memory alone. A lost connection has ended it already. */
  async abandon(): Promise<void> {
    if (!this.em.isInTransaction()) return;
    try {
      await this.em.rollback();
    } catch {
      this.em.resetTransactionContext();
    }
  }

  /** MikroORM tells what it is about to write: the moment to remember it, and to begin. */
  async onFlush({ em, uow }: FlushEventArgs): Promise<void> {
    if (em !== this.em) return;
    const work = uow.getChangeSets().length + uow.getCollectionUpdates().length + uow.getExtraUpdates().size;
    if (this.#flush === undefined) {
      if (this.em.isInTransaction()) this.#journal.record(this.em);
      return;
    }
    if (work === 0) return;
    this.#flush.journal.record(this.em);
    assertLengths(uow.getChangeSets());
    const outer = this.em.getTransactionContext();
    await this.em.begin(outer === undefined ? {} : { ctx: outer });
    this.#flush.savepoint = this.em.getTransactionContext();
  }

  /** Undoes a failed flush in the database: all of the transaction if the flush began it, else back to its savepoint. */
  async #undo(outer: Transaction | undefined): Promise<void> {
    const savepoint = this.#flush?.savepoint;
    if (savepoint !== undefined) {
      try {
        await this.em.getConnection('write').rollback(savepoint);
      } catch {
        // The connection is gone, and with it the transaction.
      }
    }
    if (outer === undefined) this.em.resetTransactionContext();
    else this.em.setTransactionContext(outer);
  }
}

interface Savepoint {
  readonly outer: Transaction | undefined;
  readonly journal: Journal;
  readonly wasOpen: boolean;
}

function nestingError(message: string): MikroscopeError {
  return new MikroscopeError(
    'InvalidState',
    message,
    'Return from it to keep the inside, or throw an error to undo it.',
  );
}
