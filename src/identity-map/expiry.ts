import { hasRow, isManagedBy } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';

/**
 * Knows which of what is loaded still shows the database. Expiring everything costs nothing: the record of what
 * was looked at since the last commit or rollback is thrown away.
 */
export class Expiry {
  #fresh = new WeakSet<object>();
  /** Entities whose row was not there when they were to be reloaded. */
  #deleted = new WeakSet<object>();

  expireAll(): void {
    this.#fresh = new WeakSet();
    this.#deleted = new WeakSet();
  }

  expire(value: object): void {
    this.#fresh.delete(value);
    this.#deleted.delete(value);
  }

  /** Of an entity its fields, of a collection its items. */
  markFresh(value: object): void {
    this.#fresh.add(value);
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

  /** Whether the entity is managed and loaded, but its fields may no longer be what the database has. */
  isExpired(em: SqlEm, entity: object): boolean {
    return !this.#fresh.has(entity) && isManagedBy(em, entity) && hasRow(entity);
  }
}
