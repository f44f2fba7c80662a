import type { SqlEm } from './orm.ts';

/**
 * Calls a function before each row that an EntityManager or a fork of it reads becomes an object; what it throws ends the query. MikroORM
 * makes all objects of a query in one go, in which nothing else gets its turn: a million take ten seconds.
 */
export function beforeEachRow(em: SqlEm, check: () => void): void {
  const factory = em.getEntityFactory();
  const create = factory.create.bind(factory) as (...args: unknown[]) => unknown;
  Reflect.set(factory, 'create', (...args: unknown[]) => {
    const options = args[2] as { readonly merge?: boolean } | undefined;
    if (options?.merge === true) check();
    return create(...args);
  });
  const fork = em.fork.bind(em);
  em.fork = options => {
    const forked = fork(options);
    beforeEachRow(forked, check);
    return forked;
  };
}
