import { doorOf } from './identity-door.ts';
import { hashOf, storeOf } from './identity-map.ts';
import type { SqlEm } from './orm.ts';

/** Whether a walk of the identity map passes over the entities that are held weakly. */
export interface Visibility {
  hidden: boolean;
}

/** Makes the identity map hold an entity weakly. MikroORM holds everything that it has read. */
export function releaseRow(em: SqlEm, entity: object, visibility: Visibility): void {
  const store = storeOf(em, entity);
  weakStoreFrom(store, visibility).release(hashOf(em, entity), entity);
}

/** Makes the identity map hold the entity again. */
export function holdRow(em: SqlEm, entity: object): void {
  doorOf(em).hold(entity);
}

export function isHeldWeakly(em: SqlEm, entity: object): boolean {
  const store = storeOf(em, entity);
  return store instanceof WeakStore && store.isWeak(hashOf(em, entity));
}

/** MikroORM keeps its stores in a private registry, where none can be replaced, so this changes the store's class. */
function weakStoreFrom(store: Store, visibility: Visibility): WeakStore {
  if (store instanceof WeakStore) return store;
  const weakStore = Object.setPrototypeOf(store, WeakStore.prototype) as WeakStore;
  Object.defineProperty(weakStore, 'weak', { value: new Map() });
  Object.defineProperty(weakStore, 'visibility', { value: visibility });
  return weakStore;
}

type Store = Map<string, object>;

/** The store of one class in the identity map, which holds some of its entities by weak references. */
class WeakStore extends Map<string, object> {
  declare weak: Map<string, WeakRef<object>>;
  declare visibility: Visibility;

  release(hash: string, entity: object): void {
    super.delete(hash);
    // One that is released again goes to the end, so that the order is that of arrival.
    this.weak.delete(hash);
    this.weak.set(hash, new WeakRef(entity));
    collected.register(entity, { weak: this.weak, hash });
  }

  isWeak(hash: string): boolean {
    return this.weak.has(hash);
  }

  override get(hash: string): object | undefined {
    return super.get(hash) ?? this.weak.get(hash)?.deref();
  }

  override has(hash: string): boolean {
    return super.has(hash) || this.weak.get(hash)?.deref() !== undefined;
  }

  override set(hash: string, entity: object): this {
    this.weak.delete(hash);
    return super.set(hash, entity);
  }

  override delete(hash: string): boolean {
    return [super.delete(hash), this.weak.delete(hash)].includes(true);
  }

  override clear(): void {
    super.clear();
    this.weak.clear();
  }

  override get size(): number {
    return super.size + this.weak.size;
  }

  override *entries(): MapIterator<[string, object]> {
    yield* super.entries();
    if (this.visibility.hidden) return;
    for (const [hash, held] of this.weak) {
      const entity = held.deref();
      if (entity !== undefined) yield [hash, entity];
    }
  }

  override *values(): MapIterator<object> {
    yield* super.values();
    if (this.visibility.hidden) return;
    for (const held of this.weak.values()) {
      const entity = held.deref();
      if (entity !== undefined) yield entity;
    }
  }

  override *keys(): MapIterator<string> {
    for (const [hash] of this.entries()) yield hash;
  }

  override [Symbol.iterator](): MapIterator<[string, object]> {
    return this.entries();
  }

  override forEach(callback: (entity: object, hash: string, map: Store) => void): void {
    for (const [hash, entity] of this.entries()) callback(entity, hash, this);
  }
}

interface WeakEntry {
  readonly weak: Map<string, WeakRef<object>>;
  readonly hash: string;
}

const collected = new FinalizationRegistry<WeakEntry>(({ weak, hash }) => {
  // The row may have been read again in the meantime.
  if (weak.get(hash)?.deref() === undefined) weak.delete(hash);
});
