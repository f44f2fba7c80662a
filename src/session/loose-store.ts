type Store = Map<string, object>;

/** An identity map's store for one class, some of whose entities it holds by weak references. */
export class LooseStore extends Map<string, object> {
  declare loose: Map<string, WeakRef<object>>;
  declare sight: { hidden: boolean };

  /** Makes one of MikroORM's own stores; that is not replaceable, so it changes its class. */
  static from(store: Store, sight: { hidden: boolean }): LooseStore {
    if (store instanceof LooseStore) return store;
    const loose = Object.setPrototypeOf(store, LooseStore.prototype) as LooseStore;
    Object.defineProperty(loose, 'loose', { value: new Map() });
    Object.defineProperty(loose, 'sight', { value: sight });
    return loose;
  }

  loosen(hash: string, entity: object): void {
    super.delete(hash);
    // What is let go and met again goes to the end, in the order of its arrival.
    this.loose.delete(hash);
    this.loose.set(hash, new WeakRef(entity));
    collected.register(entity, { loose: this.loose, hash });
  }

  isLoose(hash: string): boolean {
    return this.loose.has(hash);
  }

  override get(hash: string): object | undefined {
    return super.get(hash) ?? this.loose.get(hash)?.deref();
  }

  override has(hash: string): boolean {
    return super.has(hash) || this.loose.get(hash)?.deref() !== undefined;
  }

  override set(hash: string, entity: object): this {
    this.loose.delete(hash);
    return super.set(hash, entity);
  }

  override delete(hash: string): boolean {
    return [super.delete(hash), this.loose.delete(hash)].includes(true);
  }

  override clear(): void {
    super.clear();
    this.loose.clear();
  }

  override get size(): number {
    return super.size + this.loose.size;
  }

  override *entries(): MapIterator<[string, object]> {
    yield* super.entries();
    if (this.sight.hidden) return;
    for (const [hash, held] of this.loose) {
      const entity = held.deref();
      if (entity !== undefined) yield [hash, entity];
    }
  }

  override *values(): MapIterator<object> {
    yield* super.values();
    if (this.sight.hidden) return;
    for (const held of this.loose.values()) {
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
  readonly loose: Map<string, WeakRef<object>>;
  readonly hash: string;
}

const collected = new FinalizationRegistry<Place>(({ loose, hash }) => {
  // Meanwhile the row may have been read again.
  if (loose.get(hash)?.deref() === undefined) loose.delete(hash);
});
