import type { OneTransaction } from '../../dialects/sandbox.ts';
import { cannotUndo } from '../../dialects/cannot-undo.ts';
import { MikroscopeError } from '../../errors.ts';
import { isNoStricter, readIsolationLevel } from '../../sql/isolation-level.ts';
import { readStatements, type SqlStatement } from '../../sql/statement.ts';
import type { SqlFamily } from '../../sql/token.ts';
import type { TransactionEffect } from '../../sql/transaction-effect.ts';

/** What begins or ends a transaction; inside of a sandbox savepoints stand for it. */
export type TransactionStep = Extract<TransactionEffect, { kind: 'begin' | 'commit' | 'rollback' }>;

/**
 * Reads a statement that is to run inside of the one transaction of a sandbox.
 *
 * @throws MikroscopeError `CannotUndo` if a ROLLBACK would not undo it
 */
export function readUndoable(sql: string, family: SqlFamily, sandbox: OneTransaction): SqlStatement {
  const [statement, another] = readStatements(sql, family);
  if (statement === undefined || statement.kind === 'unreadable')
    throw cannotUndo('a statement that it cannot read');
  if (another !== undefined) throw cannotUndo('several statements in one');
  assertInside(statement);
  if (statement.transaction?.kind === 'begin') assertIsolation(sql, family, sandbox);
  sandbox.assertUndoable(statement);
  return statement;
}

/** How a statement would begin or end a transaction; undefined for one that is to run as it is. */
export function transactionStep({ transaction }: SqlStatement): TransactionStep | undefined {
  switch (transaction?.kind) {
    case 'begin':
    case 'commit':
    case 'rollback':
      return transaction;
    default:
      return undefined;
  }
}

/** The one transaction has its level from its beginning on. @throws MikroscopeError `CannotUndo` for a stricter one */
export function assertIsolation(sql: string, family: SqlFamily, { isolation }: OneTransaction): void {
  const level = readIsolationLevel(sql, family);
  if (level === undefined || isolation === undefined || isNoStricter(level, isolation)) return;
  throw new MikroscopeError(
    'CannotUndo',
    `A sandbox (--sandbox) is one transaction, at ${isolation.toUpperCase()}, and begins none at ${level.toUpperCase()}`,
    'Leave the isolation level out, or --sandbox.',
  );
}

/** Two-phase commit outlives the session, and the savepoints of the sandbox are its own. */
function assertInside({ keyword, transaction }: SqlStatement): void {
  switch (transaction?.kind) {
    case 'prepare':
      throw cannotUndo('prepare transaction');
    case 'commitPrepared':
    case 'rollbackPrepared':
      throw cannotUndo(`${keyword} prepared`);
    case 'xa':
    case 'implicitCommit':
      throw cannotUndo(keyword);
    case 'savepoint':
    case 'rollbackTo':
    case 'release':
      if (transaction.name.toLowerCase().startsWith('mikroscope_')) throw cannotUndo(keyword);
  }
}
