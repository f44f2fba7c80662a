import { unloadLazyFormulas } from '../mikro-orm/formulas.ts';

/**
 * Knows which loaded entities and collections still show the database. Expiring them all costs nothing: the record of
 * what was read since the last commit or rollback is thrown away. When things expire is as in SQLAlchemy.
 */
export class Expiry {
  #fresh = new WeakSet<object>();
  /** Entities of which what the database computes from their rows is of what these held before. */
  readonly #expiredFormulas = new WeakSet<object>();
  /** Entities whose row was missing when they were reloaded. */
  #deleted = new WeakSet<object>();
  readonly #leftExpired = new WeakSet<object>();
  /** What is shown as it was read, and is to be read again before it decides about other rows. */
  readonly #doubted = new Set<object>();

  expireAll(): void {
    this.#fresh = new WeakSet();
    this.#deleted = new WeakSet();
    this.#doubted.clear();
  }

  expire(value: object): void {
    this.#fresh.delete(value);
    this.#deleted.delete(value);
  }

  /** Has an entity or a collection expire with the next call of {@link expireDoubted}, unless it is read before. */
  doubt(value: object): void {
    if (this.isFresh(value)) this.#doubted.add(value);
  }

  expireDoubted(): void {
    for (const value of this.#doubted) this.expire(value);
    this.#doubted.clear();
  }

  /** What the database computes from the row of an entity, in no column, may have changed; the rest is as it was. */
  expireFormulas(entity: object): void {
    if (unloadLazyFormulas(entity)) this.#expiredFormulas.add(entity);
  }

  hasExpiredFormulas(entity: object): boolean {
    return this.#expiredFormulas.has(entity);
  }

  /** The fields of an entity, or the items of a collection, were just read. */
  markFresh(value: object): void {
    this.markWritten(value);
    this.#expiredFormulas.delete(value);
  }

  /** The row of an entity was just inserted. What was computed from one before it, which is undone, stays expired. */
  markWritten(entity: object): void {
    this.#fresh.add(entity);
    this.#deleted.delete(entity);
    this.#doubted.delete(entity);
  }

  /** Whether what is in columns, or in a collection, shows the database. */
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
