import { AsyncLocalStorage } from 'node:async_hooks';
import type { SqlEm } from './orm.ts';

const reading = new AsyncLocalStorage<true>();

/**
 * Keeps the reads of the session from writing what is staged. Whatever they need is written before them; what they bring
 * along, as an eager relation, MikroORM reads with a `find()` that would flush by itself, and commit.
 */
export function readWithoutFlush(em: SqlEm): void {
  const find = em.find.bind(em) as (...args: unknown[]) => unknown;
  // Others tell a method by its name.
  Object.assign(em, {
    find: (entity: unknown, where: unknown, options?: object) =>
      find(entity, where, reading.getStore() === true ? { flushMode: 'commit', ...options } : options),
  });
}

/** Runs a read of the session. */
export function withoutFlush<T>(read: () => Promise<T>): Promise<T> {
  return reading.run(true, read);
}
