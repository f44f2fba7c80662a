/**
 * Knows which loaded entities and collections still show the database. Expiring them all costs nothing: the record of
 * what was read since the last commit or rollback is thrown away. When things expire is as in SQLAlchemy.
 */
export class Expiry {
  #fresh = new WeakSet<object>();
  /** Entities whose row was missing when they were reloaded. */
  #deleted = new WeakSet<object>();
  readonly #leftExpired = new WeakSet<object>();

  expireAll(): void {
    this.#fresh = new WeakSet();
    this.#deleted = new WeakSet();
  }

  expire(value: object): void {
    this.#fresh.delete(value);
    this.#deleted.delete(value);
  }

  /** The fields of an entity, or the items of a collection, were just read. */
  markFresh(value: object): void {
    this.#fresh.add(value);
    this.#deleted.delete(value);
  }

  isFresh(value: object): boolean {
    return this.#fresh.has(value);
  }

  markDeleted(entity: object): void {
    this.#deleted.add(entity);
  }

  isDeleted(entity: object): boolean {
    return this.#deleted.has(entity);
  }

  /** A collection leaves the session with its owner. */
  leave(collection: object): void {
    if (!this.isFresh(collection)) this.#leftExpired.add(collection);
  }

  /** Whether a collection had expired when its owner left the session, so that nobody knows what is in it. */
  hasLeftExpired(collection: object): boolean {
    return this.#leftExpired.has(collection);
  }
}
