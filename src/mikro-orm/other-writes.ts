import { AsyncLocalStorage } from 'node:async_hooks';
import { readStatements } from '../sql/statement.ts';
import type { SqlFamily } from '../sql/token.ts';
import type { Layer } from './interceptor.ts';
import type { SqlEm } from './orm.ts';

const recorded = new AsyncLocalStorage<true>();

/** Runs work whose writes are recorded by whoever calls it. */
export function asRecorded<T>(work: () => Promise<T>): Promise<T> {
  return recorded.run(true, work);
}

/** Whether the running code is part of such work. */
export function isRecorded(): boolean {
  return recorded.getStore() === true;
}

/**
 * Makes the flushes of an EntityManager count as recorded, its own and those of MikroORM.
 *
 * @param around is called in place of each flush, which it is given
 */
export function recordFlushes(em: SqlEm, around: (flush: () => Promise<void>) => Promise<void>): void {
  const uow = em.getUnitOfWork();
  const commit = uow.commit.bind(uow);
  uow.commit = () => around(() => asRecorded(commit));
}

/**
 * Tells what writes in a transaction without being recorded: `em.execute()`, `em.nativeUpdate()`, a query builder and their
 * like, of which MikroORM's unit of work knows nothing.
 */
export function otherWrites(family: SqlFamily, wrote: () => void): Layer {
  return {
    async execute({ sql, isDriverOwn, transaction }, send) {
      const result = await send();
      const isKnown = isDriverOwn || transaction !== 'by hand' || isRecorded();
      if (!isKnown && readStatements(sql, family).some(statement => statement.writes)) wrote();
      return result;
    },
  };
}
