import { helper } from '@mikro-orm/core';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { WeakStore } from './weak-store.ts';
import { isDirty } from '../unit-of-work/changes.ts';

type IdentityMap = ReturnType<ReturnType<SqlEm['getUnitOfWork']>['getIdentityMap']>;

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
    const map = this.#map;
    const batch: object[] = [];
    const store = map.store.bind(map);
    Reflect.set(map, 'store', (entity: object) => {
      if (map.getByEntity(entity) !== entity) batch.push(entity);
      store(entity);
    });
    let result: T;
    try {
      result = await query();
    } finally {
      Reflect.deleteProperty(map, 'store');
    }
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
    const uow = this.#em.getUnitOfWork();
    // MikroORM takes what it removes out of every entity that refers to it, and must find those.
    this.#visibility.hidden = uow.getRemoveStack().size === 0 && uow.getOrphanRemoveStack().size === 0;
    try {
      return await flush();
    } finally {
      this.#visibility.hidden = false;
    }
  }

  isWeak(entity: object): boolean {
    const store = this.#map.getStore(helper(entity).__meta.root);
    return store instanceof WeakStore && store.isWeak(this.#hash(entity));
  }

  get #map(): IdentityMap {
    return this.#em.getUnitOfWork().getIdentityMap();
  }

  #holdDirty(batch: readonly object[]): void {
    for (const entity of batch) if (this.isWeak(entity) && isDirty(this.#em, entity)) this.#hold(entity);
  }

  #hold(entity: object): void {
    if (!this.isWeak(entity)) return;
    this.#changed.add(entity);
    this.#map.store(entity);
  }

  /** After a flush: the journal of the transaction holds what a rollback needs. */
  #releaseWritten(): void {
    for (const entity of this.#changed) {
      if (this.#map.getByEntity(entity) === entity) {
        if (isDirty(this.#em, entity)) continue;
        this.#release(entity);
      }
      this.#changed.delete(entity);
    }
  }

  #release(entity: object): void {
    const map = this.#map;
    const store = map.getStore(helper(entity).__meta.root);
    WeakStore.from(store, this.#visibility).release(this.#hash(entity), entity);
    this.#watch(entity);
  }

  #hash(entity: object): string {
    const hash = Reflect.get(this.#map, 'getPkHash') as (entity: object) => string;
    return Reflect.apply(hash, this.#map, [entity]);
  }

  /** An assignment, which MikroORM keeps in this record, makes the identity map hold the entity. */
  #watch(entity: object): void {
    const wrapped = helper(entity);
    if (watched.has(wrapped.__data)) return;
    const hydrator = this.#em.config.getHydrator(this.#em.getMetadata());
    const held = new WeakRef(entity);
    wrapped.__data = new Proxy(wrapped.__data, {
      set: (data, key, value) => {
        const owner = hydrator.isRunning() ? undefined : held.deref();
        if (owner !== undefined) this.#hold(owner);
        return Reflect.set(data, key, value);
      },
    });
    watched.add(wrapped.__data);
  }
}

const watched = new WeakSet<object>();
