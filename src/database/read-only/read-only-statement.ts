import { MikroscopeError } from '../../errors.ts';
import { harmlessWrite } from './harmless-write.ts';
import { readStatements, type SqlStatement } from '../../sql/statement.ts';
import { familyOf } from '../../sql/token.ts';
import { writingFunction } from '../lasting-functions.ts';
import { isProjectSetting } from '../project-settings.ts';

/**
 * The statement to send in place of the one that was given. The database refuses writes by itself; this refuses what
 * would make it stop doing so, a transaction that may write above all. Several statements in one are never sent.
 *
 * @throws MikroscopeError `ReadOnly`
 */
export function admitted(dialect: string, sql: string): string {
  // The proof that writes are refused is the database's to give.
  if (sql === harmlessWrite(dialect)) return sql;
  const family = familyOf(dialect);
  // SQLite's connection is read-only as a whole; libSQL would open another file for writing.
  if (dialect === 'sqlite') return sql;
  const statements = readStatements(sql, dialect);
  const [statement] = statements;
  if (statement === undefined || statements.some(({ kind }) => kind === 'unreadable'))
    throw refused('a statement that it cannot read');
  if (family === 'sqlite') {
    const opening = statements.find(({ keyword }) => keyword === 'attach' || keyword === 'vacuum');
    if (opening !== undefined) throw refused(opening.keyword);
    return sql;
  }
  if (statements.length > 1) throw refused('several statements in one');
  if (statement.kind === 'write' || statement.kind === 'ddl') throw readOnlyError();
  if (statement.transaction !== undefined) return transaction(dialect, sql, statement);
  const name = family === 'postgresql' ? writingFunction(statement.functions) : undefined;
  if (name !== undefined) throw refused(`${name}()`);
  if (isReading(statement) || isProjectSetting(statement, family)) return sql;
  throw refused(statement.keyword);
}

/** A transaction begins as one that may only read. PGlite's driver begins and ends its transactions by itself. */
function transaction(dialect: string, sql: string, { keyword, transaction: effect }: SqlStatement): string {
  switch (effect?.kind) {
    case 'savepoint':
    case 'rollbackTo':
    case 'release':
      return sql;
    case 'commit':
    case 'rollback':
      if (dialect !== 'pglite') return sql;
      break;
    case 'begin':
      if (dialect === 'pglite') break;
      return familyOf(dialect) === 'mysql' ? 'start transaction read only' : 'begin read only';
  }
  throw refused(keyword);
}

/** The statements that read a cursor, besides those that read a table. */
const CURSOR = new Set(['declare', 'close']);

function isReading({ kind, keyword, settings }: SqlStatement): boolean {
  return (kind === 'read' && keyword !== 'do') || CURSOR.has(keyword) || settings[0] === 'database';
}

function refused(what: string): MikroscopeError {
  return new MikroscopeError(
    'ReadOnly',
    `This session is read-only (--read-only), and does not run ${what.includes(' ') ? what : what.toUpperCase()}`,
    'Leave --read-only out to run it.',
  );
}

export function readOnlyError(cause?: unknown): MikroscopeError {
  return new MikroscopeError(
    'ReadOnly',
    'This session is read-only (--read-only); nothing was written',
    'Leave --read-only out to write; what is staged stays staged.',
    { cause },
  );
}

/** Whether it is a database's word for a write that is not allowed. */
export function isReadOnlyError(error: unknown): boolean {
  const { code, errno } = (error ?? {}) as { code?: unknown; errno?: unknown };
  return code === '25006' || errno === 1792 || String(code).startsWith('SQLITE_READONLY');
}
