import { MikroscopeError } from '../../errors.ts';
import { harmlessWrite } from './harmless-write.ts';
import { familyOf, isSetting, opening } from '../../sql/statement.ts';

const ANYWHERE = ['select', 'with', 'values', 'table', 'show', 'explain', 'savepoint', 'release'];

/** The statements that cannot lift what makes a transaction read-only, by their first word. */
const WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  postgresql: new Set([
    ...ANYWHERE,
    'fetch',
    'move',
    'declare',
    'close',
    'commit',
    'end',
    'rollback',
    'abort',
  ]),
  mysql: new Set([...ANYWHERE, 'describe', 'desc', 'help', 'use', 'commit', 'rollback']),
};

/**
 * The statement to send in place of one that a person wrote. The database refuses writes by itself; this refuses what
 * would tell it not to, a transaction that may write above all. Two statements in one are never sent.
 *
 * @throws MikroscopeError `ReadOnly`
 */
export function admitted(dialect: string, sql: string): string {
  // The proof that writes are refused is the database's to give.
  if (sql === harmlessWrite(dialect)) return sql;
  const { text, word } = opening(sql);
  // SQLite's connection is read-only as a whole; libSQL would open another file for writing.
  if (dialect === 'sqlite') return sql;
  if (dialect === 'libsql') {
    if (word === 'attach' || word === 'vacuum' || word === '') throw refused(word);
    return sql;
  }
  const family = familyOf(dialect);
  // PGlite's driver begins and ends transactions in a way of its own.
  if (dialect === 'pglite' && /^(?:begin|start|commit|end|abort|rollback(?!\s+to\b))\b/i.test(text))
    throw refused(word);
  if (word === 'begin' || word === 'start')
    return family === 'mysql' ? 'start transaction read only' : 'begin read only';
  if (/^(?:commit|rollback)\s+prepared\b/i.test(text)) throw refused(word);
  if (WORDS[family]?.has(word) || isSetting(family, text)) return sql;
  throw refused(word);
}

function refused(word: string): MikroscopeError {
  if (/^(?:insert|update|delete|replace|merge|create|alter|drop|truncate)$/.test(word))
    return readOnlyError();
  return new MikroscopeError(
    'ReadOnly',
    `This session is read-only (--read-only), and does not run ${word === '' ? 'a statement that it cannot read' : word.toUpperCase()}`,
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
