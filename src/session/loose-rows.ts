import { helper } from '@mikro-orm/core';
import type { SqlEm } from '../database/orm.ts';
import { LooseStore } from './loose-store.ts';
import { isDirty } from './pending.ts';

type IdentityMap = ReturnType<ReturnType<SqlEm['getUnitOfWork']>['getIdentityMap']>;

/**
 * Rows that the identity map holds no stronger than the rest of the program does: those that a loop over a query
 * reads. One that is changed is held as every other row is, until it is written.
 */
export class LooseRows {
  readonly #em: SqlEm;
  readonly #sight = { hidden: false };
  /** Held, because they were changed. */
  readonly #changed = new Set<object>();
  /** What loops are working on. */
  readonly #batches = new Set<readonly object[]>();

  constructor(em: SqlEm) {
    this.#em = em;
  }

  /** Runs a query and holds loosely what it brings into the identity map; gives that too. */
  async collect<T>(query: () => Promise<T>): Promise<{ result: T; batch: readonly object[] }> {
    this.#loosenWritten();
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
    for (const entity of batch) this.#loosen(entity);
    this.#batches.add(batch);
    return { result, batch };
  }

  /** The loop is done with a batch; what it changed stays. */
  release(batch: readonly object[]): void {
    this.#tightenDirty(batch);
    this.#batches.delete(batch);
  }

  /**
   * Runs the flush before a query, which looks at what is held and at nothing else: to walk whatever awaits its
   * collection before every query takes too long, and what was changed by assignment is held.
   */
  async hidden<T>(flush: () => Promise<T>): Promise<T> {
    for (const batch of this.#batches) this.#tightenDirty(batch);
    const uow = this.#em.getUnitOfWork();
    // MikroORM takes what it removes out of every entity that refers to it, and must find those.
    this.#sight.hidden = uow.getRemoveStack().size === 0 && uow.getOrphanRemoveStack().size === 0;
    try {
      return await flush();
    } finally {
      this.#sight.hidden = false;
    }
  }

  isLoose(entity: object): boolean {
    const store = this.#map.getStore(helper(entity).__meta.root);
    return store instanceof LooseStore && store.isLoose(this.#hash(entity));
  }

  get #map(): IdentityMap {
    return this.#em.getUnitOfWork().getIdentityMap();
  }

  #tightenDirty(batch: readonly object[]): void {
    for (const entity of batch) if (this.isLoose(entity) && isDirty(this.#em, entity)) this.#tighten(entity);
  }

  #tighten(entity: object): void {
    if (!this.isLoose(entity)) return;
    this.#changed.add(entity);
    this.#map.store(entity);
  }

  /** After a flush: the journal of the transaction holds what a rollback needs. */
  #loosenWritten(): void {
    for (const entity of this.#changed) {
      if (this.#map.getByEntity(entity) === entity) {
        if (isDirty(this.#em, entity)) continue;
        this.#loosen(entity);
      }
      this.#changed.delete(entity);
    }
  }

  #loosen(entity: object): void {
    const map = this.#map;
    const store = map.getStore(helper(entity).__meta.root);
    LooseStore.from(store, this.#sight).loosen(this.#hash(entity), entity);
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
        if (owner !== undefined) this.#tighten(owner);
        return Reflect.set(data, key, value);
      },
    });
    watched.add(wrapped.__data);
  }
}

const watched = new WeakSet<object>();
