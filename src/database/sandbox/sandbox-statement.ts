import { MikroscopeError } from '../../errors.ts';
import { readStatements, type SqlStatement } from '../../sql/statement.ts';
import type { SqlFamily } from '../../sql/token.ts';
import type { TransactionEffect } from '../../sql/transaction-effect.ts';
import { lastingFunction } from '../lasting-functions.ts';
import { isProjectSetting } from '../project-settings.ts';

/** What begins or ends a transaction; inside of a sandbox savepoints stand for it. */
export type TransactionStep = Extract<TransactionEffect, { kind: 'begin' | 'commit' | 'rollback' }>;

/**
 * Reads a statement that is to run inside of the one transaction of a sandbox.
 *
 * @throws MikroscopeError `CannotUndo` where what it does could not be undone
 */
export function sandboxed(family: SqlFamily, sql: string): SqlStatement {
  const [statement, another] = readStatements(sql, family);
  if (statement === undefined || statement.kind === 'unreadable')
    throw refused('a statement that it cannot read');
  if (another !== undefined) throw refused('several statements in one');
  assertInside(statement);
  if (family === 'mysql') assertMysql(statement);
  else assertPostgres(statement);
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

/** Two-phase commit outlives the session, and the savepoints of the sandbox are its own. */
function assertInside({ keyword, transaction }: SqlStatement): void {
  switch (transaction?.kind) {
    case 'prepare':
      throw refused('prepare transaction');
    case 'commitPrepared':
    case 'rollbackPrepared':
      throw refused(`${keyword} prepared`);
    case 'xa':
    case 'implicitCommit':
      throw refused(keyword);
    case 'savepoint':
    case 'rollbackTo':
    case 'release':
      if (transaction.name.toLowerCase().startsWith('mikroscope_')) throw refused(keyword);
  }
}

/** What loads or calls other statements may commit. */
const MYSQL_REFUSED = new Set(['load', 'import', 'call', 'execute', 'prepare']);

function assertMysql(statement: SqlStatement): void {
  const { kind, keyword, settings, functions, qualifiers } = statement;
  const isSetting =
    isProjectSetting(statement, 'mysql') || (keyword === 'set' && settings.join() === 'foreign_key_checks');
  const isKnown = kind === 'read' || kind === 'write' || kind === 'transaction' || isSetting;
  if (!isKnown || MYSQL_REFUSED.has(keyword) || statement.writesFile) throw refused(keyword);
  // MariaDB's sequences know no transactions, and neither do the server's own tables.
  if (functions.includes('setval')) throw refused('setval()');
  if (statement.writes && qualifiers.includes('mysql')) throw refused('a write to mysql.*');
}

function assertPostgres({ keyword, functions }: SqlStatement): void {
  if (keyword === 'copy') throw refused(keyword);
  // What a routine puts together and executes may be any of those.
  const name = functions.includes('execute') ? 'execute' : lastingFunction(functions);
  if (name !== undefined) throw refused(`${name}()`);
}

/** What a sandbox does not run. */
export function refused(what: string, cause?: unknown): MikroscopeError {
  return new MikroscopeError(
    'CannotUndo',
    `A sandbox (--sandbox) does not run ${SENTENCES.test(what) ? what : what.toUpperCase()}: it could not be undone`,
    'Leave --sandbox out to run it.',
    { cause },
  );
}

const SENTENCES = /^(?:a|several) /;
