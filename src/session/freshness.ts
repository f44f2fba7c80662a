import { type Collection, helper } from '@mikro-orm/core';
import type { SqlEm } from '../database/orm.ts';

/**
 * Knows which of what is loaded still shows the database. Expiring everything costs nothing: the record of what
 * was looked at since the last commit or rollback is thrown away.
 */
export class Freshness {
  #fresh = new WeakSet<object>();
  #classes = new Set<unknown>();
  /** Entities whose row was gone when they were to be reloaded. */
  #gone = new WeakSet<object>();

  expireAll(): void {
    this.#fresh = new WeakSet();
    this.#classes = new Set();
    this.#gone = new WeakSet();
  }

  expire(entity: object): void {
    this.#fresh.delete(entity);
    this.#gone.delete(entity);
  }

  refreshed(entity: object): void {
    this.#fresh.add(entity);
    this.#classes.add(helper(entity).__meta.root.class);
  }

  refreshedCollection(collection: Collection<object>): void {
    this.#fresh.add(collection);
  }

  isFresh(value: object): boolean {
    return this.#fresh.has(value);
  }

  /** Whether anything of this class was loaded since the last commit or rollback. */
  hasFresh(rootClass: unknown): boolean {
    return this.#classes.has(rootClass);
  }

  lost(entity: object): void {
    this.#gone.add(entity);
  }

  isLost(entity: object): boolean {
    return this.#gone.has(entity);
  }

  /** Whether the entity is managed and loaded, but its fields may no longer be what the database has. */
  isExpired(em: SqlEm, entity: object): boolean {
    if (this.#fresh.has(entity)) return false;
    const wrapped = helper(entity);
    return wrapped.__em === em && wrapped.__managed && wrapped.__originalEntityData !== undefined;
  }
}
