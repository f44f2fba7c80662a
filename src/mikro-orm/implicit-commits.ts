import { MikroscopeError } from '../errors.ts';
import { readStatements } from '../sql/statement.ts';
import type { SqlFamily } from '../sql/token.ts';
import type { Layer } from './interceptor.ts';

/**
 * MySQL and MariaDB commit the open transaction before a CREATE, ALTER or DROP: a later rollback() would undo nothing,
 * and claim that it did. Refuses such a statement in a transaction that was begun by hand, as the session's is. A
 * transaction that MikroORM puts around a function, such as its own changes of the schema, may be committed.
 */
export function implicitCommits(family: SqlFamily): Layer {
  return {
    admit({ sql, isDriverOwn, transaction }) {
      if (!isDriverOwn && transaction === 'by hand' && commitsFirst(sql, family))
        throw wouldCommit('This statement');
      return undefined;
    },
  };
}

/** BEGIN also commits the transaction before it. */
function commitsFirst(sql: string, family: SqlFamily): boolean {
  return readStatements(sql, family).some(
    ({ transaction }) => transaction?.kind === 'implicitCommit' || transaction?.kind === 'begin',
  );
}

export function wouldCommit(what: string): MikroscopeError {
  return new MikroscopeError(
    'InvalidState',
    `${what} would commit the open transaction: MySQL and MariaDB do so before they change a table`,
    'commit() or rollback() first.',
  );
}
