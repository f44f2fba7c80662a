import { AsyncLocalStorage } from 'node:async_hooks';
import { statementError } from '../flush-errors/flush-error.ts';
import type { Expiry } from '../identity-map/expiry.ts';
import { hasRow } from '../mikro-orm/entity-state.ts';
import { collectArrivals, entitiesIn, manage, sameRowIn, take, unmanage } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { withoutFlush } from '../mikro-orm/read-without-flush.ts';
import { Mutex } from './mutex.ts';
import { Nesting } from './nesting.ts';

/** A function that `em.transactional()` runs. */
interface Scope {
  /** Undefined for one that it runs without a transaction, as its options may say. */
  readonly inner: SqlEm | undefined;
  /** The calls of the session from the outermost function: each takes a turn among them, and none among those of others. */
  readonly calls: Mutex;
  isOpen: boolean;
}

/**
 * What the session reads while a function of `em.transactional()` runs is read in the transaction of that, which has the
 * one connection of an embedded database, and shows what the function has written.
 */
export class InsideTransaction {
  /** The savepoints of such functions, one after another. */
  readonly nesting = new Nesting();
  readonly #em: SqlEm;
  readonly #expiry: Expiry;
  readonly #scope = new AsyncLocalStorage<Scope>();
  /** What the session has from the EntityManagers of such functions. */
  readonly #shared = new Set<object>();

  constructor(em: SqlEm, expiry: Expiry) {
    this.#em = em;
    this.#expiry = expiry;
  }

  /** The EntityManager of the function that the running code is a part of. */
  get current(): SqlEm | undefined {
    return this.#open?.inner;
  }

  /** The turns of the calls from the function that the running code is a part of. */
  get calls(): Mutex | undefined {
    return this.#open?.calls;
  }

  get #open(): Scope | undefined {
    const scope = this.#scope.getStore();
    return scope?.isOpen === true ? scope : undefined;
  }

  /** Runs such a function. What it has asked the session for and not waited for belongs to it. */
  async run<T>(inner: SqlEm | undefined, work: () => Promise<T>): Promise<T> {
    const calls = this.calls ?? new Mutex();
    const scope = { inner, calls, isOpen: true };
    try {
      return await this.#scope.run(scope, work);
    } finally {
      if (!calls.isInside) await calls.settled();
      scope.isOpen = false;
    }
  }

  /**
   * Runs a query of the session in its transaction, once what is staged is written there. One row is one object, for both
   * EntityManagers.
   */
  async read<T>(inner: SqlEm, query: () => Promise<T>): Promise<T> {
    for (const entity of entitiesIn(inner)) {
      if (!hasRow(entity) || sameRowIn(this.#em, entity) !== undefined) continue;
      manage(this.#em, entity);
      this.#shared.add(entity);
    }
    try {
      const run = () => withoutFlush(query, inner.getTransactionContext());
      const { result, arrivals } = await collectArrivals(this.#em, run);
      for (const entity of arrivals) if (sameRowIn(inner, entity) === undefined) take(inner, entity);
      return result;
    } catch (error) {
      throw await statementError(inner, error);
    }
  }

  /**
   * Called when a transaction was undone: what was read in it, by whichever EntityManager, shows what it wrote, and what it made
   * has no row.
   *
   * @param written the entities that it wrote
   */
  undone(written: Iterable<object>): void {
    for (const entity of this.#shared) unmanage(this.#em, entity);
    this.#shared.clear();
    this.#expiry.expireAll();
    for (const entity of written) this.#expiry.expireFormulas(entity);
  }

  /** Called when the outermost one has ended. */
  ended(): void {
    this.#shared.clear();
  }
}
