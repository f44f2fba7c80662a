import { isDirty } from '../mikro-orm/changed-fields.ts';
import { collectArrivals, sameRowIn } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { hasRemoved } from '../mikro-orm/staged.ts';
import { holdRow, isHeldWeakly, releaseRow } from '../mikro-orm/weak-store.ts';

/**
 * The rows that a loop over a query reads. The identity map holds them weakly, so that memory stays bounded; one that is
 * changed is held as every other row, until it is written.
 */
export class WeakRows {
  readonly #em: SqlEm;
  readonly #visibility = { hidden: false };
  /** Rows that are held because they were changed. */
  readonly #changed = new Set<object>();
  /** The rows that loops are working on. */
  readonly #batches = new Set<readonly object[]>();

  constructor(em: SqlEm) {
    this.#em = em;
  }

  /** Runs a query, and holds weakly what it brings into the identity map, which is the batch. */
  async collect<T>(query: () => Promise<T>): Promise<{ result: T; batch: readonly object[] }> {
    this.#releaseWritten();
    const { result, arrivals: batch } = await collectArrivals(this.#em, query);
    for (const entity of batch) this.#release(entity);
    this.#batches.add(batch);
    return { result, batch };
  }

  /** Ends the loop over a batch. What it changed stays held. */
  endBatch(batch: readonly object[]): void {
    this.holdChanged(batch);
    this.#batches.delete(batch);
  }

  /**
   * Runs the flush before a query without the weakly held rows. Walking those that wait for the garbage collector before
   * every query would take too long, and a row that was assigned to is held anyway.
   */
  async withoutWeak<T>(flush: () => Promise<T>): Promise<T> {
    for (const batch of this.#batches) this.holdChanged(batch);
    // To remove an entity, MikroORM must find all that refer to it.
    this.#visibility.hidden = !hasRemoved(this.#em);
    try {
      return await flush();
    } finally {
      this.#visibility.hidden = false;
    }
  }

  isWeak(entity: object): boolean {
    return isHeldWeakly(this.#em, entity);
  }

  /** Holds those that differ from their rows. */
  holdChanged(entities: Iterable<object>): void {
    for (const entity of entities) if (this.isWeak(entity) && isDirty(this.#em, entity)) this.hold(entity);
  }

  /** Holds a row that is about to be changed. */
  hold(entity: object): void {
    if (!this.isWeak(entity)) return;
    this.#changed.add(entity);
    holdRow(this.#em, entity);
  }

  /** Releases the rows that were flushed: the journal of the transaction holds what a rollback needs. */
  #releaseWritten(): void {
    for (const entity of this.#changed) {
      if (sameRowIn(this.#em, entity) === entity) {
        if (isDirty(this.#em, entity)) continue;
        this.#release(entity);
      }
      this.#changed.delete(entity);
    }
  }

  #release(entity: object): void {
    releaseRow(this.#em, entity, this.#visibility);
  }
}
