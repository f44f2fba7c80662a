import { MikroscopeError } from '../errors.ts';
import { readStatements } from '../sql/statement.ts';
import type { Layer } from './interceptor.ts';

/**
 * Transactions that begin or end as SQL, of which MikroORM knows nothing. One that begins outside of MikroORM's would
 * stay open on a connection of the pool, where others find it; after one of MikroORM's was ended, its own COMMIT fails
 * on SQLite, and the connection would never be free again.
 */
export function strayTransactions(dialect: string): Layer {
  return {
    admit({ sql, isDriverOwn, transaction }) {
      if (!isDriverOwn) assertAllowed(sql, dialect, transaction !== undefined);
      return undefined;
    },
    isEnded: error => /no transaction is active/.test(String(error)),
  };
}

/** PGlite's driver begins and ends transactions in a way of its own, and loses track when SQL does. */
function assertAllowed(sql: string, dialect: string, isInside: boolean): void {
  const refused = readStatements(sql, dialect).find(({ transaction }) => {
    const begins = transaction?.kind === 'begin';
    const ends = transaction?.kind === 'commit' || transaction?.kind === 'rollback';
    return dialect === 'pglite' ? begins || ends : begins && !isInside;
  });
  if (refused === undefined) return;
  throw new MikroscopeError(
    'InvalidState',
    `${refused.keyword.toUpperCase()} as SQL would leave the session's transaction behind`,
    'Use commit(), rollback() and nested(), or em.transactional().',
  );
}
