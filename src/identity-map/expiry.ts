import { helper } from '@mikro-orm/core';
import type { SqlEm } from '../mikro-orm/orm.ts';

/**
 * Knows which of what is loaded still shows the database. Expiring everything costs nothing: the record of what
 * was looked at since the last commit or rollback is thrown away.
 */
export class Expiry {
  #fresh = new WeakSet<object>();
  /** Entities whose row was gone when they were to be reloaded. */
  #gone = new WeakSet<object>();

  expireAll(): void {
    this.#fresh = new WeakSet();
    this.#gone = new WeakSet();
  }

  expire(value: object): void {
    this.#fresh.delete(value);
    this.#gone.delete(value);
  }

  /** Of an entity its fields, of a collection its items. */
  markFresh(value: object): void {
    this.#fresh.add(value);
  }

  isFresh(value: object): boolean {
    return this.#fresh.has(value);
  }

  markDeleted(entity: object): void {
    this.#gone.add(entity);
  }

  isDeleted(entity: object): boolean {
    return this.#gone.has(entity);
  }

  /** Whether the entity is managed and loaded, but its fields may no longer be what the database has. */
  isExpired(em: SqlEm, entity: object): boolean {
    if (this.#fresh.has(entity)) return false;
    const wrapped = helper(entity);
    return wrapped.__em === em && wrapped.__managed && wrapped.__originalEntityData !== undefined;
  }
}
