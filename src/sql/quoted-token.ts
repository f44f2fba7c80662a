import { endOfDigits, isNamePart, isNameStart } from './characters.ts';
import type { SqlFamily, Token, TokenKind } from './token.ts';

/** Whether a backslash escapes the character after it; for PostgreSQL's plain strings a setting of the server decides. */
type Backslash = 'escapes' | 'plain' | 'depends';

const BACKSLASH: Readonly<Record<SqlFamily, Backslash>> = {
  sqlite: 'plain',
  postgresql: 'depends',
  mysql: 'escapes',
};

/** A string in `'`, or for MySQL in `"`. MySQL is read with its default `sql_mode`. */
export function stringAt(sql: string, start: number, family: SqlFamily, open = start): Token {
  return quoted('string', sql, start, open, BACKSLASH[family]);
}

/** PostgreSQL's `E'…'`. */
export function escapeStringAt(sql: string, start: number): Token {
  return quoted('string', sql, start, start + 1, 'escapes');
}

export function nameAt(sql: string, start: number, open = start): Token {
  return quoted('name', sql, start, open, 'plain');
}

/** What ends at the first `closing` at or after `from`. */
export function upTo(closing: string, kind: TokenKind, sql: string, start: number, from: number): Token {
  const found = sql.indexOf(closing, from);
  return found === -1
    ? { kind, start, end: sql.length, flaw: 'open' }
    : { kind, start, end: found + closing.length };
}

/** PostgreSQL's `$1`, `$$…$$` and `$tag$…$tag$`. */
export function dollarAt(sql: string, start: number): Token {
  const digits = endOfDigits(sql, start + 1);
  if (digits > start + 1) return { kind: 'parameter', start, end: digits };
  // A `$` is a part of other names, and ends a tag.
  let tagEnd = start + 1;
  if (isNameStart(sql, tagEnd)) while (sql[tagEnd] !== '$' && isNamePart(sql, tagEnd)) tagEnd++;
  if (sql[tagEnd] !== '$') return { kind: 'symbol', start, end: start + 1 };
  return upTo(sql.slice(start, tagEnd + 1), 'string', sql, start, tagEnd + 1);
}

/** @param open where the opening quote is, which a prefix may precede */
function quoted(
  kind: 'string' | 'name',
  sql: string,
  start: number,
  open: number,
  backslash: Backslash,
): Token {
  const quote = sql.charAt(open);
  let isUncertain = false;
  let at = open + 1;
  while (at < sql.length) {
    const next = backslash === 'escapes' ? quoteOrBackslash(sql, at, quote) : sql.indexOf(quote, at);
    if (next === -1) break;
    if (backslash === 'escapes' && sql[next] === '\\') {
      at = next + 2;
      continue;
    }
    if (backslash === 'depends' && isEscaped(sql, open, next)) isUncertain = true;
    if (sql[next + 1] !== quote) {
      const end = next + 1;
      return isUncertain ? { kind, start, end, flaw: 'backslash' } : { kind, start, end };
    }
    at = next + 2;
  }
  return { kind, start, end: sql.length, flaw: 'open' };
}

function quoteOrBackslash(sql: string, from: number, quote: string): number {
  const code = quote.charCodeAt(0);
  for (let at = from; at < sql.length; at++) {
    const char = sql.charCodeAt(at);
    if (char === code || char === 0x5c) return at;
  }
  return -1;
}

/** Whether a quote comes after a backslash that escapes it with `standard_conforming_strings` off. */
function isEscaped(sql: string, open: number, quote: number): boolean {
  let at = quote - 1;
  while (at > open && sql[at] === '\\') at--;
  return (quote - at) % 2 === 0;
}
