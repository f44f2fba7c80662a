import { watchAssignments } from '../mikro-orm/assignment-watch.ts';
import { isDirty } from '../mikro-orm/changed-fields.ts';
import { collectArrivals, sameRowIn } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { hasRemoved } from '../mikro-orm/staged.ts';
import { holdRow, isHeldWeakly, releaseRow } from '../mikro-orm/weak-store.ts';

/**
 * Rows that the identity map holds no stronger than the rest of the program does: those that a loop over a query
 * reads. One that is changed is held as every other row is, until it is written.
 */
export class WeakRows {
  readonly #em: SqlEm;
  readonly #visibility = { hidden: false };
  /** Held, because they were changed. */
  readonly #changed = new Set<object>();
  /** What loops are working on. */
  readonly #batches = new Set<readonly object[]>();

  constructor(em: SqlEm) {
    this.#em = em;
  }

  /** Runs a query and holds weakly what it brings into the identity map; gives that too. */
  async collect<T>(query: () => Promise<T>): Promise<{ result: T; batch: readonly object[] }> {
    this.#releaseWritten();
    const { result, arrivals: batch } = await collectArrivals(this.#em, query);
    for (const entity of batch) this.#release(entity);
    this.#batches.add(batch);
    return { result, batch };
  }

  /** The loop is done with a batch; what it changed stays. */
  endBatch(batch: readonly object[]): void {
    this.#holdDirty(batch);
    this.#batches.delete(batch);
  }

  /**
   * Runs the flush before a query, which looks at what is held and at nothing else: to walk whatever awaits its
   * collection before every query takes too long, and what was changed by assignment is held.
   */
  async withoutWeak<T>(flush: () => Promise<T>): Promise<T> {
    for (const batch of this.#batches) this.#holdDirty(batch);
    // MikroORM takes what it removes out of every entity that refers to it, and must find those.
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

  #holdDirty(batch: readonly object[]): void {
    for (const entity of batch) if (this.isWeak(entity) && isDirty(this.#em, entity)) this.#hold(entity);
  }

  #hold(entity: object): void {
    if (!this.isWeak(entity)) return;
    this.#changed.add(entity);
    holdRow(this.#em, entity);
  }

  /** After a flush: the journal of the transaction holds what a rollback needs. */
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
    watchAssignments(this.#em, entity, assigned => this.#hold(assigned));
  }
}
