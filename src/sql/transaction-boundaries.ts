import { kindOf } from './keywords.ts';
import type { SqlStatement } from './statement.ts';
import type { SqlFamily } from './token.ts';
import type { Leftover } from './transaction-effect.ts';

/** Whether a statement ends the transaction that it is in, begins another one there, or may do so. */
export function endsTransaction(statement: SqlStatement, family: SqlFamily): boolean {
  switch (statement.transaction?.kind) {
    case 'begin':
    case 'commit':
    case 'rollback':
    case 'prepare':
    case 'commitPrepared':
    case 'rollbackPrepared':
    case 'xa':
      return true;
    default:
      return isUnreadableBoundary(statement, family);
  }
}

/** Whether a statement sets a savepoint or ends one. */
export function isAboutSavepoint({ transaction }: SqlStatement): boolean {
  return (
    transaction?.kind === 'savepoint' || transaction?.kind === 'rollbackTo' || transaction?.kind === 'release'
  );
}

/** What a statement outside of a transaction leaves open on its connection, at worst. */
export function leavesOpen(statement: SqlStatement, family: SqlFamily): Leftover | undefined {
  const { transaction } = statement;
  switch (transaction?.kind) {
    case 'begin':
    case 'xa':
      return 'transaction';
    case 'commit':
    case 'rollback':
      return transaction.chain ? 'transaction' : undefined;
    // SQLite begins a transaction for it; elsewhere it is an error, or over at once.
    case 'savepoint':
      return family === 'sqlite' ? 'transaction' : undefined;
    case 'implicitCommit':
      return transaction.leaves;
    default:
      return isUnreadableBoundary(statement, family) ? 'transaction' : undefined;
  }
}

/** Whether a statement may begin a transaction that its text does not show: MySQL's CALL and EXECUTE can. */
export function hidesBegin({ kind }: SqlStatement, family: SqlFamily): boolean {
  return family === 'mysql' && (kind === 'call' || kind === 'unreadable');
}

/** Text that has no certain meaning, and may still be a BEGIN or a COMMIT. */
function isUnreadableBoundary({ kind, keyword }: SqlStatement, family: SqlFamily): boolean {
  return kind === 'unreadable' && kindOf(family, keyword) === 'transaction';
}
