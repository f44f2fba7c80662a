import { MikroscopeError } from '../errors.ts';
import { type IsolationLevel, readIsolationLevel } from '../sql/isolation-level.ts';
import { readStatements, type SqlStatement } from '../sql/statement.ts';
import type { SqlFamily } from '../sql/token.ts';
import { isSettingOf } from './project-setting.ts';

/** What a server's connection may send read-only. */
interface Admitted {
  readonly family: SqlFamily;
  /** The BEGIN of a transaction that may only read, at a level if one was asked for; undefined if SQL may not begin or end any. */
  readonly begin: ((isolation: IsolationLevel | undefined) => string) | undefined;
  /** What a project sets for its connections, and what does not lift the guard. */
  readonly settings: ReadonlySet<string>;
  /** The first of some functions that writes even in a read-only transaction. */
  readonly writingFunction?: (functions: readonly string[]) => string | undefined;
}

/**
 * The statement to send in place of the given one to a server that runs read-only transactions. Several statements in
 * one are refused.
 *
 * @throws MikroscopeError `ReadOnly`
 */
export function admitReading(sql: string, admitted: Admitted): string {
  const [statement, another] = readReadable(sql, admitted.family);
  if (another !== undefined) throw notReading('several statements in one');
  if (statement.kind === 'write' || statement.kind === 'ddl') throw readOnlyError();
  if (statement.transaction !== undefined) return admitTransaction(sql, statement, admitted);
  const name = admitted.writingFunction?.(statement.functions);
  if (name !== undefined) throw notReading(`${name}()`);
  if (isReading(statement) || isSettingOf(admitted.settings, statement)) return sql;
  throw notReading(statement.keyword);
}

/** The statements of a text, at least one. @throws MikroscopeError `ReadOnly` if one of them cannot be read */
export function readReadable(
  sql: string,
  family: SqlFamily,
): readonly [SqlStatement, ...(readonly SqlStatement[])] {
  const [first, ...rest] = readStatements(sql, family);
  if (first === undefined || [first, ...rest].some(({ kind }) => kind === 'unreadable'))
    throw notReading('a statement that it cannot read');
  return [first, ...rest];
}

function admitTransaction(
  sql: string,
  { keyword, transaction }: SqlStatement,
  { begin, family }: Admitted,
): string {
  switch (transaction?.kind) {
    case 'savepoint':
    case 'rollbackTo':
    case 'release':
      return sql;
    case 'commit':
    case 'rollback':
      if (begin !== undefined) return sql;
      break;
    case 'begin':
      if (begin !== undefined) return begin(readIsolationLevel(sql, family));
  }
  throw notReading(keyword);
}

/** The statements that read a cursor, besides those that read a table. */
const CURSOR = new Set(['declare', 'close']);

function isReading({ kind, keyword, settings }: SqlStatement): boolean {
  return (kind === 'read' && keyword !== 'do') || CURSOR.has(keyword) || settings[0] === 'database';
}

/** The error for what a read-only session does not run, though it may not write. */
export function notReading(what: string): MikroscopeError {
  return new MikroscopeError(
    'ReadOnly',
    `This session is read-only (--read-only), and does not run ${what.includes(' ') ? what : what.toUpperCase()}`,
    'Leave --read-only out to run it.',
  );
}

/** The error for a write. */
export function readOnlyError(cause?: unknown): MikroscopeError {
  return new MikroscopeError(
    'ReadOnly',
    'This session is read-only (--read-only); nothing was written',
    'Leave --read-only out to write; what is staged stays staged.',
    { cause },
  );
}
