/** The databases whose text is read alike. */
export type SqlFamily = 'sqlite' | 'postgresql' | 'mysql';

/**
 * A piece of SQL text. `word` is a keyword or a name without quotes, `name` one in quotes, `mark` an opening or closing
 * of a comment whose inside MySQL or MariaDB runs, depending on the version.
 */
export type TokenKind =
  | 'space'
  | 'comment'
  | 'mark'
  | 'word'
  | 'name'
  | 'string'
  | 'number'
  | 'parameter'
  | 'symbol'
  | 'semicolon';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  /** The position after its last character. */
  readonly end: number;
  /**
   * Why nobody can be sure of its end or its meaning: `open` has no end, `backslash` ends elsewhere under a setting of
   * the server, `escaped` is a name in code points, `version` is code on some servers only, `nul` ends the text for
   * some drivers.
   */
  readonly flaw?: 'open' | 'backslash' | 'escaped' | 'version' | 'nul';
}

/** The family of a dialect of MikroORM; libSQL reads SQL as SQLite does, and so on. */
export function familyOf(dialect: string): SqlFamily {
  switch (dialect) {
    case 'postgresql':
    case 'pglite':
      return 'postgresql';
    case 'mysql':
    case 'mariadb':
      return 'mysql';
    default:
      return 'sqlite';
  }
}

/**
 * Splits SQL text into tokens that join back to it. Takes any text, in linear time. MySQL is read with its default
 * `sql_mode`: a backslash escapes, and double quotes hold a string.
 */
export function tokenize(sql: string, family: SqlFamily): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let isInMark = false;
  while (at < sql.length) {
    const token =
      isInMark && sql.startsWith('*/', at)
        ? { kind: 'mark' as const, start: at, end: at + 2, flaw: 'version' as const }
        : tokenAt(sql, at, family);
    if (token.kind === 'mark') isInMark = sql[at] === '/';
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function tokenAt(sql: string, at: number, family: SqlFamily): Token {
  const char = sql.charAt(at);
  if (isSpace(char) || (char === '\uFEFF' && family === 'sqlite'))
    return { kind: 'space', start: at, end: endOf(sql, at + 1, isSpace) };
  if (isNameStart(char)) return wordAt(sql, at, family);
  if (isDigit(char) || (char === '.' && isDigit(sql.charAt(at + 1)))) return numberAt(sql, at, family);
  switch (char) {
    case "'":
      return quoted('string', sql, at, at, BACKSLASH[family]);
    case '"':
      return family === 'mysql'
        ? quoted('string', sql, at, at, 'escapes')
        : quoted('name', sql, at, at, 'plain');
    case '`':
      if (family !== 'postgresql') return quoted('name', sql, at, at, 'plain');
      break;
    case '[':
      if (family === 'sqlite') return upTo(']', 'name', sql, at);
      break;
    case '-':
      if (sql[at + 1] === '-' && (family !== 'mysql' || isBlank(sql.charAt(at + 2))))
        return lineComment(sql, at, family);
      break;
    case '/':
      if (sql[at + 1] === '*') return blockComment(sql, at, family);
      break;
    case '#':
      if (family === 'mysql') return lineComment(sql, at, family);
      if (family === 'sqlite') return sqliteVariable(sql, at);
      break;
    case '$':
      if (family === 'sqlite') return sqliteVariable(sql, at);
      // MySQL's names may begin with it.
      return family === 'mysql' ? wordAt(sql, at, family) : dollar(sql, at);
    case '@':
      if (family === 'sqlite') return sqliteVariable(sql, at);
      if (family === 'mysql') return mysqlVariable(sql, at);
      break;
    case ':':
      if (family === 'sqlite') return sqliteVariable(sql, at);
      break;
    case '?':
      return { kind: 'parameter', start: at, end: endOf(sql, at + 1, isDigit) };
    case ';':
      return { kind: 'semicolon', start: at, end: at + 1 };
    case '\0':
      return { kind: 'symbol', start: at, end: at + 1, flaw: 'nul' };
  }
  return { kind: 'symbol', start: at, end: at + 1 };
}

function wordAt(sql: string, at: number, family: SqlFamily): Token {
  const end = endOf(sql, at + 1, isNamePart);
  if (family === 'postgresql') {
    const next = sql[end];
    if (end === at + 1 && next === "'" && /e/i.test(sql.charAt(at)))
      return quoted('string', sql, at, end, 'escapes');
    if (end === at + 1 && next === '&' && /u/i.test(sql.charAt(at))) {
      if (sql[end + 1] === "'") return quoted('string', sql, at, end + 1, 'depends');
      if (sql[end + 1] === '"') return { flaw: 'escaped', ...quoted('name', sql, at, end + 1, 'plain') };
    }
  }
  return { kind: 'word', start: at, end };
}

/** MySQL's names may begin with digits; elsewhere letters after a number are a word of their own, as old servers take it. */
function numberAt(sql: string, at: number, family: SqlFamily): Token {
  NUMBER.lastIndex = at;
  const end = at + (NUMBER.exec(sql)?.[0].length ?? 1);
  const isName = family === 'mysql' && isNamePart(sql.charAt(end)) && !sql.slice(at, end).includes('.');
  return isName
    ? { kind: 'word', start: at, end: endOf(sql, end, isNamePart) }
    : { kind: 'number', start: at, end };
}

const NUMBER =
  /0x(?:_?[\da-f])+|0o(?:_?[0-7])+|0b(?:_?[01])+|(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:e[+-]?\d(?:_?\d)*)?/iy;

/** Whether a backslash escapes the character after it; of PostgreSQL's plain strings a setting of the server decides. */
type Backslash = 'escapes' | 'plain' | 'depends';

const BACKSLASH: Readonly<Record<SqlFamily, Backslash>> = {
  sqlite: 'plain',
  postgresql: 'depends',
  mysql: 'escapes',
};

/** @param open where the opening quote is, which a prefix may precede */
function quoted(
  kind: 'string' | 'name',
  sql: string,
  start: number,
  open: number,
  backslash: Backslash,
): Token {
  const quote = sql.charAt(open);
  let flaw: 'backslash' | undefined;
  let at = open + 1;
  while (at < sql.length) {
    const next = backslash === 'escapes' ? nextOf(sql, at, quote) : sql.indexOf(quote, at);
    if (next === -1) break;
    if (sql[next] === '\\') {
      at = next + 2;
      continue;
    }
    if (backslash === 'depends' && isEscaped(sql, open, next)) flaw = 'backslash';
    if (sql[next + 1] !== quote) return { kind, start, end: next + 1, ...(flaw && { flaw }) };
    at = next + 2;
  }
  return { kind, start, end: sql.length, flaw: 'open' };
}

/** The next quote or backslash. */
function nextOf(sql: string, from: number, quote: string): number {
  for (let at = from; at < sql.length; at++) {
    const char = sql[at];
    if (char === quote || char === '\\') return at;
  }
  return -1;
}

/** Whether a quote comes after a backslash that would escape it with `standard_conforming_strings` off. */
function isEscaped(sql: string, open: number, quote: number): boolean {
  let at = quote - 1;
  while (at > open && sql[at] === '\\') at--;
  return (quote - at) % 2 === 0;
}

function upTo(closing: string, kind: TokenKind, sql: string, start: number, from = start + 1): Token {
  const found = sql.indexOf(closing, from);
  return found === -1
    ? { kind, start, end: sql.length, flaw: 'open' }
    : { kind, start, end: found + closing.length };
}

function lineComment(sql: string, start: number, family: SqlFamily): Token {
  let end = start + 2;
  while (end < sql.length && sql[end] !== '\n' && !(sql[end] === '\r' && family === 'postgresql')) end++;
  return { kind: 'comment', start, end: Math.min(end, sql.length) };
}

function blockComment(sql: string, start: number, family: SqlFamily): Token {
  if (family === 'mysql') {
    MARK.lastIndex = start;
    const mark = MARK.exec(sql)?.[0];
    if (mark !== undefined) return { kind: 'mark', start, end: start + mark.length, flaw: 'version' };
  }
  if (family !== 'postgresql') return upTo('*/', 'comment', sql, start, start + 2);
  let depth = 1;
  for (let at = start + 2; at < sql.length; at++) {
    if (sql[at] === '/' && sql[at + 1] === '*') {
      depth++;
      at++;
    } else if (sql[at] === '*' && sql[at + 1] === '/') {
      depth--;
      at++;
      if (depth === 0) return { kind: 'comment', start, end: at + 1 };
    }
  }
  return { kind: 'comment', start, end: sql.length, flaw: 'open' };
}

const MARK = /\/\*M?!\d*/y;

function dollar(sql: string, start: number): Token {
  const digits = endOf(sql, start + 1, isDigit);
  if (digits > start + 1) return { kind: 'parameter', start, end: digits };
  const first = sql.charAt(start + 1);
  const tagEnd = isNameStart(first)
    ? endOf(sql, start + 2, char => char !== '$' && isNamePart(char))
    : start + 1;
  if (sql[tagEnd] !== '$') return { kind: 'symbol', start, end: start + 1 };
  return upTo(sql.slice(start, tagEnd + 1), 'string', sql, start, tagEnd + 1);
}

/** As SQLite's tokenizer reads it: `::` is a part of the name, and so is what follows in parentheses. */
function sqliteVariable(sql: string, start: number): Token {
  let end = start + 1;
  let length = 0;
  while (end < sql.length) {
    const char = sql.charAt(end);
    if (isNamePart(char)) {
      end++;
      length++;
    } else if (char === '(' && length > 0) {
      do end++;
      while (end < sql.length && sql[end] !== ')' && !isSpace(sql.charAt(end)));
      return sql[end] === ')'
        ? { kind: 'parameter', start, end: end + 1 }
        : { kind: 'parameter', start, end, flaw: 'open' };
    } else if (char === ':' && sql[end + 1] === ':') end += 2;
    else break;
  }
  return { kind: length === 0 ? 'symbol' : 'parameter', start, end };
}

function mysqlVariable(sql: string, start: number): Token {
  const end = endOf(sql, start + 1, char => char === '@' || char === '.' || isNamePart(char));
  return { kind: 'parameter', start, end };
}

function endOf(sql: string, from: number, isPart: (char: string) => boolean): number {
  let at = from;
  while (at < sql.length && isPart(sql.charAt(at))) at++;
  return at;
}

function isSpace(char: string): boolean {
  return char === ' ' || (char >= '\t' && char <= '\r');
}

/** What MySQL wants after `--`: a space, a control character or the end. */
function isBlank(char: string): boolean {
  return char <= ' ' || char === '\x7F';
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}

function isNameStart(char: string): boolean {
  return (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z') || char === '_' || char >= '\x80';
}

function isNamePart(char: string): boolean {
  return isNameStart(char) || isDigit(char) || char === '$';
}
