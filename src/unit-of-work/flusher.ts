import {
  type ChangeSet,
  ChangeSetType,
  type Collection,
  type FlushEventArgs,
  type TransactionEventArgs,
} from '@mikro-orm/core';
import type { SqlEm, Tx } from '../mikro-orm/orm.ts';
import { dialectOf } from '../dialects/index.ts';
import { flushError } from '../flush-errors/flush-error.ts';
import type { Expiry } from '../identity-map/expiry.ts';
import { MissingRows } from '../mikro-orm/counted-rows.ts';
import { aroundCalls } from '../mikro-orm/around-calls.ts';
import { deleteByRowKeys } from '../mikro-orm/delete-by-row-keys.ts';
import { flushFirst } from '../mikro-orm/flush-first.ts';
import { firstGone } from '../mikro-orm/gone-rows.ts';
import { rekeyWritten, writeAssignedKeys } from '../mikro-orm/identity-map.ts';
import { takeTurnsFlushing } from '../mikro-orm/flush-turns.ts';
import { markLoaded } from '../mikro-orm/lazy-fields.ts';
import { listenLast } from '../mikro-orm/listen-last.ts';
import { recordFlushes } from '../mikro-orm/other-writes.ts';
import { readMembers } from '../mikro-orm/read-members.ts';
import { readVersions } from '../mikro-orm/read-versions.ts';
import { forgetRow, lookAmongReferrers } from '../mikro-orm/referrers.ts';
import { removedEntities, unstage } from '../mikro-orm/staged.ts';
import { assertThere } from './assert-there.ts';
import { hasPending } from './changes.ts';
import { Journal } from './journal.ts';
import { dropChanges, unlinkedRows } from '../mikro-orm/unlinked-rows.ts';
import { relinkNew } from './links-again.ts';
import { emptyInside } from './embedded-links.ts';
import { Mutex } from './mutex.ts';
import { Referrers } from './referrers.ts';
import type { TransactionControl } from './transaction-control.ts';
import { rekeyEarly } from './early-keys.ts';
import { releaseDeleted } from './deleted-targets.ts';
import { deleteEarly } from './early-deletions.ts';
import { updateEarly } from './early-updates.ts';
import { fitHooks } from './hook-values.ts';
import { assertStaying, checkChanges } from './check-changes.ts';
import { fitStaged } from './fit-values.ts';
import { HookEffects } from './hook-effects.ts';
import { hideInvalid } from './hide-invalid.ts';
import type { Values } from '../entity/values/values.ts';
import { assertNewRead } from './unread-fields.ts';
import { prepareWriting } from '../mikro-orm/prepare-writing.ts';

/** Why what is staged is written. */
export type Cause = 'flush' | 'query' | 'commit';

/** Lets MikroORM flush in a savepoint. If that fails, every object is as if nothing had been written. */
export class Flusher {
  readonly #em: SqlEm;
  readonly #transaction: TransactionControl;
  /** The journal of the open transaction. */
  readonly #journal: () => Journal;
  readonly #expiry: Expiry;
  readonly #values: Values;
  /** The flush that is under way, if it is ours. */
  #flush: { journal: Journal; savepoint: Tx | undefined } | undefined;
  /** The flush of MikroORM that is under way and commits by itself. */
  #committing: { journal: Journal; transaction: Tx | undefined } | undefined;
  /** Whether a row that is to be deleted and is gone fails the flush. */
  #countsDeleted = false;
  readonly #hooks: HookEffects;
  /** What refers to the entities that the flush under way removes. */
  #referrers: Referrers | undefined;
  /** Those of which it deletes the rows as lists lose items. */
  #unlinked: readonly object[] = [];
  /** The journals of the EntityManagers of `transactional()`, and what refers to what they remove. */
  readonly #followed = new WeakMap<
    object,
    { readonly journal: Journal; referrers?: Referrers; unlinked?: readonly object[] }
  >();

  constructor(
    em: SqlEm,
    transaction: TransactionControl,
    journal: () => Journal,
    expiry: Expiry,
    values: Values,
  ) {
    this.#em = em;
    this.#hooks = new HookEffects(em);
    this.#values = values;
    this.#transaction = transaction;
    this.#journal = journal;
    this.#expiry = expiry;
    listenLast(em, this);
    recordFlushes(em, flush => this.#keepStaged(flush));
    fitHooks(em, values);
    lookAmongReferrers(em, () => this.#referrers);
    prepareWriting(em, () => this.#countsDeleted, dialectOf(em.getDriver()).assignsInTurn);
  }

  /** Reads what has to be known before a flush that is not the session's own, and runs that. */
  prepared: (flush: () => Promise<void>) => Promise<void> = flush => flush();

  /** Stages what goes with what is to be removed. */
  completeRemovals: () => Promise<void> = () => Promise.resolve();

  /** Whether a flush of the session's EntityManager is under way. */
  get isWriting(): boolean {
    return this.#flush !== undefined || this.#committing !== undefined;
  }

  /**
   * Writes what is staged.
   *
   * @param flush MikroORM's flush
   * @returns what was written, in a transaction that stays open
   * @throws MikroscopeError when the database, or a check before it, refuses; then everything is staged as before
   */
  async write(cause: Cause, flush = () => this.#em.flush()): Promise<Journal> {
    this.#countsDeleted = true;
    try {
      return await this.#attempt(cause, flush);
    } catch (error) {
      if (!(error instanceof MissingRows)) throw error;
      // The rows are there after all: the database deletes some with others, or counts none.
      this.#countsDeleted = false;
      return await this.#attempt(cause, flush);
    } finally {
      this.#countsDeleted = false;
    }
  }

  async #attempt(cause: Cause, flush: () => Promise<void>): Promise<Journal> {
    const journal = new Journal();
    const outer = this.#transaction.current;
    const restoreStaged = this.#hooks.begin();
    this.#flush = { journal, savepoint: undefined };
    const putBack = hideInvalid(removedEntities(this.#em));
    const refill = emptyInside(this.#em);
    try {
      fitStaged(this.#em, this.#values);
      await flush();
      this.#hooks.restage(journal);
      const begun = this.#flush.savepoint;
      if (begun !== undefined && outer !== undefined) await this.#transaction.release(begun);
      // MikroORM's flush puts back the transaction it found, which was none when this one began it.
      this.#transaction.current = outer ?? begun;
      journal.keepRemoved();
    } catch (error) {
      const { savepoint } = this.#flush;
      if (savepoint !== undefined) await this.#transaction.undo(savepoint);
      this.#transaction.current = outer;
      refill();
      const isMissing = error instanceof MissingRows;
      const failed = isMissing ? error : await flushError(this.#em, error, journal, cause);
      journal.restage(this.#em, 'before');
      restoreStaged();
      const gone = isMissing ? await firstGone(this.#em, error.deletions) : undefined;
      throw gone === undefined ? failed : await flushError(this.#em, gone, journal, cause);
    } finally {
      putBack();
      this.#flush = undefined;
      this.#referrers = undefined;
      this.#hooks.end();
    }
    return journal;
  }

  /** Runs a flush of MikroORM. If one that is not the session's own fails, everything is staged as before. */
  async #keepStaged(flush: () => Promise<void>): Promise<void> {
    writeAssignedKeys(this.#em);
    assertNewRead(this.#em);
    relinkNew(this.#em);
    if (this.isWriting) return flush();
    await this.prepared(() => this.#writeForeign(flush));
  }

  async #writeForeign(flush: () => Promise<void>): Promise<void> {
    if (this.#em.isInTransaction()) return this.#journal().absorb(await this.write('flush', flush));
    const restoreStaged = this.#hooks.begin();
    const journal = new Journal();
    const committing = (this.#committing = { journal, transaction: undefined as Tx | undefined });
    const refill = emptyInside(this.#em);
    try {
      await flush();
      this.#hooks.restage(journal);
      journal.keepRemoved();
    } catch (error) {
      if (committing.transaction?.isCommitted === true) throw error;
      refill();
      const told = await flushError(this.#em, error, journal, 'flush');
      journal.restage(this.#em, 'before');
      restoreStaged();
      throw told;
    } finally {
      this.#committing = undefined;
      this.#referrers = undefined;
      this.#hooks.end();
    }
  }

  /** Makes MikroORM take these entities for ones without a row, as after a DELETE. */
  forgetRows(entities: readonly object[]): void {
    this.#referrers = new Referrers(this.#em, entities);
    for (const entity of entities) forgetRow(this.#em, entity);
    this.#referrers = undefined;
  }

  /** Does so for those whose rows `delete()` of a query has taken, which the journal of the open transaction brings back. */
  forgetTaken(entities: readonly object[]): void {
    const referrers = new Referrers(this.#em, entities);
    this.#referrers = referrers;
    this.#journal().recordTaken(this.#em, referrers, entities);
    for (const entity of entities) {
      forgetRow(this.#em, entity);
      unstage(this.#em, entity);
    }
    for (const referrer of referrers.settled()) this.#expiry.expire(referrer);
    this.#referrers = undefined;
    this.#journal().keepRemoved(entities);
  }

  /** Records what another EntityManager, made from the session's own, writes from now on. */
  follow(em: SqlEm, journal: Journal): void {
    this.#followed.set(em, { journal });
    // em.transactional() works with a copy of the event manager.
    listenLast(em, this);
    prepareWriting(em, () => false, dialectOf(em.getDriver()).assignsInTurn);
    recordFlushes(em, async flush => {
      assertNewRead(em);
      relinkNew(em);
      return flush();
    });
    takeTurnsFlushing(em, new Mutex());
    aroundCalls(em, { before: flushFirst(em, () => hasPending(em)), around: (_, run) => run() });
  }

  beforeOnFlush({ em }: FlushEventArgs): void {
    if (em === this.#em) this.#hooks.onFlush();
  }

  /** What hooks have removed is to bring with it what its row says, and not what is in memory. */
  async beforeFlush({ em }: FlushEventArgs): Promise<void> {
    if (em === this.#em && this.#hooks.haveRemoved) await this.completeRemovals();
  }

  /** Called by MikroORM when it knows what it will write: the moment to take snapshots, and to begin the savepoint. */
  async onFlush({ em, uow }: FlushEventArgs): Promise<void> {
    const followed = this.#followed.get(em);
    if (em !== this.#em && followed === undefined) return;
    const changes = uow.getChangeSets();
    // Most flushes of thousands of objects insert them, and have nothing else to look through.
    const ofRows = changes.filter(({ type }) => type !== ChangeSetType.CREATE);
    deleteByRowKeys(ofRows);
    await readMembers(em as SqlEm, uow.getCollectionUpdates() as Iterable<Collection<object>>);
    const unlinked = unlinkedRows(em as SqlEm);
    dropChanges(uow, unlinked);
    const removed = removedBy(ofRows);
    const referrers = new Referrers(em as SqlEm, [...removed, ...unlinked]);
    if (followed !== undefined || this.#flush === undefined) await assertThere(em as SqlEm);
    if (followed === undefined) [this.#referrers, this.#unlinked] = [referrers, unlinked];
    else Object.assign(followed, { referrers, unlinked });
    if (changes.length + uow.getCollectionUpdates().length + uow.getExtraUpdates().size === 0) return;
    const journal = followed?.journal ?? (this.#flush ?? this.#committing)?.journal;
    journal?.recordTaken(em as SqlEm, referrers, unlinked);
    journal?.record(em as SqlEm, referrers, followed === undefined ? this.#hooks.own : undefined);
    if (removed.length > 0) assertStaying(changes, new Set(removed));
    if (this.#flush !== undefined && followed === undefined) checkChanges(this.#em, this.#values, uow);
    if (ofRows.length + uow.getExtraUpdates().size > 0) {
      updateEarly(uow);
      deleteEarly(uow);
      rekeyEarly(uow);
      releaseDeleted(em as SqlEm, uow);
    }
    if (this.#flush === undefined || followed !== undefined) return;
    this.#flush.savepoint = await this.#transaction.begin();
    // Nobody has looked at these since, so that no version of before is meant.
    const written = ofRows.map(({ entity }) => entity);
    const expired = written.filter(entity => !this.#expiry.isFresh(entity));
    await readVersions(this.#em, expired);
  }

  beforeTransactionCommit({ em, transaction }: TransactionEventArgs): void {
    if (em === this.#em && this.#committing !== undefined)
      this.#committing.transaction = transaction as Tx | undefined;
  }

  /** MikroORM ends its use of the transaction before its subscribers are told; their queries are to see what was written. */
  beforeAfterFlush({ em }: FlushEventArgs): void {
    if (em === this.#em && this.#flush?.savepoint !== undefined)
      this.#transaction.current = this.#flush.savepoint;
  }

  afterFlush({ em, uow }: FlushEventArgs): void {
    const followed = this.#followed.get(em);
    if (em !== this.#em && followed === undefined) return;
    rekeyWritten(em as SqlEm, uow.getChangeSets());
    // The database computes these from what was written, as SQLAlchemy's `expire_on_flush` has it.
    for (const { type, entity, payload } of uow.getChangeSets()) {
      if (!type.startsWith('update')) continue;
      this.#expiry.expireFormulas(entity);
      markLoaded(entity, payload);
    }
    const { referrers, unlinked } =
      followed ?? ({ referrers: this.#referrers, unlinked: this.#unlinked } as const);
    for (const entity of unlinked ?? []) {
      forgetRow(em as SqlEm, entity);
      unstage(em as SqlEm, entity);
    }
    for (const referrer of referrers?.settled() ?? []) this.#expiry.expire(referrer);
    if (followed !== undefined) return;
    this.#referrers = undefined;
    this.#unlinked = [];
    this.#hooks.afterFlush();
  }
}

function removedBy(changes: readonly ChangeSet<object>[]): object[] {
  return changes.filter(({ type }) => type.startsWith('delete')).map(({ entity }) => entity);
}
