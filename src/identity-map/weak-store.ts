type Store = Map<string, object>;

/** An identity map's store for one class, some of whose entities it holds by weak references. */
export class WeakStore extends Map<string, object> {
  declare weak: Map<string, WeakRef<object>>;
  declare visibility: { hidden: boolean };

  /** Makes one of MikroORM's own stores; that is not replaceable, so it changes its class. */
  static from(store: Store, visibility: { hidden: boolean }): WeakStore {
    if (store instanceof WeakStore) return store;
    const weakStore = Object.setPrototypeOf(store, WeakStore.prototype) as WeakStore;
    Object.defineProperty(weakStore, 'weak', { value: new Map() });
    Object.defineProperty(weakStore, 'visibility', { value: visibility });
    return weakStore;
  }

  release(hash: string, entity: object): void {
    super.delete(hash);
    // What is let go and met again goes to the end, in the order of its arrival.
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

interface Place {
  readonly weak: Map<string, WeakRef<object>>;
  readonly hash: string;
}

const collected = new FinalizationRegistry<Place>(({ weak, hash }) => {
  // Meanwhile the row may have been read again.
  if (weak.get(hash)?.deref() === undefined) weak.delete(hash);
});
