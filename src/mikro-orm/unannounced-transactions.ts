import type { SqlEm } from './orm.ts';

/** What is called in place of an EntityManager's own methods, which it is given. */
interface TransactionCalls {
  readonly begin: (begin: () => Promise<void>) => Promise<void>;
  readonly commit: (commit: () => Promise<void>) => Promise<void>;
  readonly rollback: (rollback: () => Promise<void>) => Promise<void>;
  /** @param run MikroORM's `transactional()`; it calls `enter` with the EntityManager that runs the work, before it does */
  readonly transactional: <T>(run: (enter: (inner: SqlEm) => void) => Promise<T>) => Promise<T>;
}

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
    calls.transactional(enter =>
      transactional(async inner => {
        enter(inner);
        return work(inner);
      }, options),
    );
}
