import {
  endOfDigits,
  endOfName,
  endOfSpaces,
  isDigit,
  isNamePart,
  isNameStart,
  isSpace,
} from './characters.ts';
import { blockCommentAt, lineCommentAt } from './comment-token.ts';
import { dollarAt, escapeStringAt, nameAt, stringAt, upTo } from './quoted-token.ts';
import type { SqlFamily, Token } from './token.ts';

/** Splits SQL text into tokens that join back to it. Takes any text, in linear time. */
export function tokenize(sql: string, family: SqlFamily): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let isInMark = false;
  let before: Token | undefined;
  while (at < sql.length) {
    const token: Token =
      isInMark && sql.startsWith('*/', at)
        ? { kind: 'mark', start: at, end: at + 2, flaw: 'version' }
        : (qualifiedAt(sql, at, family, before) ?? tokenAt(sql, at, family));
    before = token;
    if (token.kind === 'mark') isInMark = sql[at] === '/';
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function tokenAt(sql: string, at: number, family: SqlFamily): Token {
  if (isSpace(sql, at) || (family === 'sqlite' && sql[at] === BYTE_ORDER_MARK))
    return { kind: 'space', start: at, end: endOfSpaces(sql, at + 1) };
  if (isNameStart(sql, at)) return wordAt(sql, at, family);
  if (isDigit(sql, at)) return numberAt(sql, at, family);
  switch (sql[at]) {
    case '.':
      return isDigit(sql, at + 1) ? numberAt(sql, at, family) : symbolAt(at);
    case "'":
      return stringAt(sql, at, family);
    case '"':
      return family === 'mysql' ? stringAt(sql, at, family) : nameAt(sql, at);
    case '`':
      return family === 'postgresql' ? symbolAt(at) : nameAt(sql, at);
    case '[':
      return family === 'sqlite' ? upTo(']', 'name', sql, at, at + 1) : symbolAt(at);
    case '-':
      return startsComment(sql, at, family) ? lineCommentAt(sql, at, family) : symbolAt(at);
    case '/':
      return sql[at + 1] === '*' ? blockCommentAt(sql, at, family) : symbolAt(at);
    case '$':
      if (family === 'postgresql') return dollarAt(sql, at);
      // MySQL's names may begin with it.
      return family === 'mysql' ? wordAt(sql, at, family) : sqliteVariableAt(sql, at);
    case '#':
      if (family === 'mysql') return lineCommentAt(sql, at, family);
      return family === 'sqlite' ? sqliteVariableAt(sql, at) : symbolAt(at);
    case '@':
      if (family === 'mysql') return mysqlVariableAt(sql, at);
      return family === 'sqlite' ? sqliteVariableAt(sql, at) : symbolAt(at);
    case ':':
      return family === 'sqlite' ? sqliteVariableAt(sql, at) : symbolAt(at);
    case '?':
      return { kind: 'parameter', start: at, end: endOfDigits(sql, at + 1) };
    case ';':
      return { kind: 'semicolon', start: at, end: at + 1 };
    case '\0':
      return { kind: 'symbol', start: at, end: at + 1, flaw: 'nul' };
    default:
      return symbolAt(at);
  }
}

/** MySQL takes digits right after a name and its dot for a name, too: `t.1where`. */
function qualifiedAt(
  sql: string,
  at: number,
  family: SqlFamily,
  before: Token | undefined,
): Token | undefined {
  if (family !== 'mysql') return undefined;
  if (sql[at] === '.') return before?.kind === 'word' || before?.kind === 'name' ? symbolAt(at) : undefined;
  const isAfterDot = before?.kind === 'symbol' && sql[at - 1] === '.' && isDigit(sql, at);
  return isAfterDot ? { kind: 'word', start: at, end: endOfName(sql, at) } : undefined;
}

/** SQLite skips it wherever a token begins. */
const BYTE_ORDER_MARK = '\uFEFF';

function symbolAt(at: number): Token {
  return { kind: 'symbol', start: at, end: at + 1 };
}

/** MySQL takes `--` for two minus signs, unless a space, a control character or the end comes after it. */
function startsComment(sql: string, at: number, family: SqlFamily): boolean {
  if (sql[at + 1] !== '-') return false;
  const next = sql.charAt(at + 2);
  return family !== 'mysql' || next <= ' ' || next === '\x7F';
}

/** PostgreSQL has strings and names with a prefix of one letter. */
function wordAt(sql: string, start: number, family: SqlFamily): Token {
  const end = endOfName(sql, start + 1);
  if (end === start + 1 && family === 'postgresql') {
    const prefix = sql.charAt(start).toLowerCase();
    if (prefix === 'e' && sql[end] === "'") return escapeStringAt(sql, start);
    if (prefix === 'u' && sql.startsWith("&'", end)) return stringAt(sql, start, family, end + 1);
    if (prefix === 'u' && sql.startsWith('&"', end))
      return { flaw: 'escaped', ...nameAt(sql, start, end + 1) };
  }
  return { kind: 'word', start, end };
}

/** MySQL's names may begin with digits; elsewhere letters after a number are the next word, as old servers read them. */
function numberAt(sql: string, start: number, family: SqlFamily): Token {
  NUMBER.lastIndex = start;
  const end = start + (NUMBER.exec(sql)?.[0].length ?? 1);
  const isName = family === 'mysql' && isNamePart(sql, end) && !sql.slice(start, end).includes('.');
  return isName ? { kind: 'word', start, end: endOfName(sql, end) } : { kind: 'number', start, end };
}

const NUMBER =
  /0x(?:_?[\da-f])+|0o(?:_?[0-7])+|0b(?:_?[01])+|(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:e[+-]?\d(?:_?\d)*)?/iy;

/** As SQLite's own tokenizer reads it: `::` is a part of the name, and so is what follows in parentheses. */
function sqliteVariableAt(sql: string, start: number): Token {
  let end = start + 1;
  let hasName = false;
  while (end < sql.length) {
    if (isNamePart(sql, end)) {
      end = endOfName(sql, end);
      hasName = true;
    } else if (sql[end] === '(' && hasName) {
      do end++;
      while (end < sql.length && sql[end] !== ')' && !isSpace(sql, end));
      return sql[end] === ')'
        ? { kind: 'parameter', start, end: end + 1 }
        : { kind: 'parameter', start, end, flaw: 'open' };
    } else if (sql.startsWith('::', end)) end += 2;
    else break;
  }
  return { kind: hasName ? 'parameter' : 'symbol', start, end };
}

/** `@name`, `@@session.name`; a name in quotes is a token of its own. */
function mysqlVariableAt(sql: string, start: number): Token {
  let end = start + 1;
  while (sql[end] === '@' || sql[end] === '.' || isNamePart(sql, end)) end++;
  return { kind: 'parameter', start, end };
}
