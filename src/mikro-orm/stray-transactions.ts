import { MikroscopeError } from '../errors.ts';
import { readStatements } from '../sql/statement.ts';
import type { SqlFamily } from '../sql/token.ts';
import type { Layer } from './interceptor.ts';

/**
 * Handles transactions that SQL begins or ends without MikroORM's knowledge. One that begins outside of MikroORM's
 * would stay open on a connection of the pool. If SQL ended MikroORM's own, its COMMIT fails on SQLite, and the
 * connection would never be free again.
 *
 * @param isTracked whether the driver keeps track of transactions by itself, and loses track when SQL begins or ends one
 */
export function strayTransactions(family: SqlFamily, isTracked: boolean): Layer {
  return {
    admit({ sql, isDriverOwn, transaction }) {
      if (!isDriverOwn) assertAllowed(sql, family, isTracked, transaction !== undefined);
      return undefined;
    },
    isEnded: error => /no transaction is active/.test(String(error)),
  };
}

function assertAllowed(sql: string, family: SqlFamily, isTracked: boolean, isInside: boolean): void {
  const refused = readStatements(sql, family).find(({ transaction }) => {
    const begins = transaction?.kind === 'begin';
    const ends = transaction?.kind === 'commit' || transaction?.kind === 'rollback';
    return isTracked ? begins || ends : begins && !isInside;
  });
  if (refused === undefined) return;
  throw new MikroscopeError(
    'InvalidState',
    `${refused.keyword.toUpperCase()} as SQL would leave the session's transaction behind`,
    'Use commit(), rollback() and nested(), or em.transactional().',
  );
}
