import type { SqlEm } from './orm.ts';

/** What is called in place of an EntityManager's own methods, which it is given. */
interface TransactionCalls {
  readonly begin: (begin: () => Promise<void>) => Promise<void>;
  readonly commit: (commit: () => Promise<void>) => Promise<void>;
  readonly rollback: (rollback: () => Promise<void>) => Promise<void>;
  readonly transactional: <T>(run: InTransaction<T>) => Promise<T>;
}

/** MikroORM's `transactional()`: it has `enter` run the work, and gives it the EntityManager that the work is given. */
export type InTransaction<T> = (enter: Enter) => Promise<T>;
export type Enter = <R>(inner: SqlEm, work: () => Promise<R>) => Promise<R>;

/**
 * MikroORM begins and ends transactions on an EntityManager without a word: `begin()` beside one that is open leaves
 * that behind, and one that `commit()` or `rollback()` ends looks open to everybody else. What a `transactional()` that
 * fails has written stays written in the objects. Calls others in their place.
 */
export function announceTransactions(em: SqlEm, calls: TransactionCalls): void {
  const begin = em.begin.bind(em);
  const commit = em.commit.bind(em);
  const rollback = em.rollback.bind(em);
  const transactional = em.transactional.bind(em);
  em.begin = options => calls.begin(() => begin(options));
  em.commit = () => calls.commit(commit);
  em.rollback = () => calls.rollback(rollback);
  em.transactional = (work, options) =>
    calls.transactional(enter => transactional(inner => enter(inner, async () => work(inner)), options));
}
