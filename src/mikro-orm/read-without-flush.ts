import { AsyncLocalStorage } from 'node:async_hooks';
import type { SqlEm, Tx } from './orm.ts';

/** A read of the session. */
interface Reading {
  /** Where it reads, if that is not the transaction of the session or none. */
  readonly transaction: Tx | undefined;
}

const reading = new AsyncLocalStorage<Reading>();

/**
 * Keeps the reads of the session from writing what is staged. Whatever they need is written before them; what they bring
 * along, as an eager relation, MikroORM reads with a `find()` that would flush by itself, and commit.
 */
export function readWithoutFlush(em: SqlEm): void {
  const find = em.find.bind(em) as (...args: unknown[]) => unknown;
  const count = em.count.bind(em) as (...args: unknown[]) => unknown;
  const transactionContext = em.getTransactionContext.bind(em);
  // Others tell a method by its name.
  Object.assign(em, {
    find: (entity: unknown, where: unknown, options?: object) => find(entity, where, asRead(options)),
    count: (entity: unknown, where: unknown, options?: object) => count(entity, where, asRead(options)),
    getTransactionContext: () => reading.getStore()?.transaction ?? transactionContext(),
  });
}

function asRead(options: object | undefined): object | undefined {
  const store = reading.getStore();
  if (store === undefined) return options;
  const { transaction } = store;
  return { flushMode: 'commit', ...(transaction === undefined ? {} : { ctx: transaction }), ...options };
}

/** Runs a read of the session, in another transaction than its own if one is given. */
export function withoutFlush<T>(read: () => Promise<T>, transaction?: Tx): Promise<T> {
  return reading.run({ transaction }, read);
}
