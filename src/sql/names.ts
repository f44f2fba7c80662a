import { type Lexeme, nameOf } from './lexeme.ts';
import { splitAtSemicolons } from './pieces.ts';
import type { SqlFamily } from './token.ts';

export interface TableName {
  readonly schema?: string;
  readonly name: string;
}

/** The keywords that stand before a parenthesis. */
const BEFORE_PARENTHESIS = new Set(
  (
    'in values as and or not on using from select where exists any all some over filter within by set then else ' +
    'when case between like is returning having limit offset with into table key primary unique references check ' +
    'foreign index add default union intersect except join distinct materialized do only partition lateral update ' +
    'explain conflict constraint column ignore recursive if copy'
  ).split(' '),
);

/** What stands before the name of a table whose columns follow in parentheses. */
const BEFORE_TABLE = new Set(['into', 'references', 'table', 'exists', 'update']);

/**
 * The functions that a statement may call, in lower case and without their schemas: what stands after a dot may be one, as
 * in PostgreSQL's `('sq'::regclass).nextval` and MariaDB's `sq.nextval`. Those that the body of a DO calls, or of a routine
 * that PostgreSQL creates, are among them; `execute` stands there for code that does not show.
 */
export function readFunctions(sql: string, lexemes: readonly Lexeme[], family: SqlFamily): readonly string[] {
  const functions = new Set(callsIn(sql, lexemes, family));
  if (family === 'postgresql' && hasBody(lexemes))
    for (const name of callsInBody(sql, lexemes, family)) functions.add(name);
  return [...functions];
}

function callsIn(sql: string, lexemes: readonly Lexeme[], family: SqlFamily): string[] {
  const calls: string[] = [];
  for (const [at, { word }] of lexemes.entries()) {
    const name = lexemes[at - 1];
    if (word === 'for' && isNextValue(lexemes, at)) calls.push('nextval');
    if (word === '.') {
      const attribute = nameAt(sql, lexemes[at + 1]);
      if (isCalledAfterDot(attribute, family)) calls.push(attribute);
    }
    if (word !== '(' || name === undefined || BEFORE_PARENTHESIS.has(name.word) || isTable(lexemes, at - 1))
      continue;
    const called = nameAt(sql, name);
    if (called !== '') calls.push(called);
  }
  return calls;
}

function nameAt(sql: string, lexeme: Lexeme | undefined): string {
  return lexeme === undefined ? '' : nameOf(sql, lexeme).toLowerCase();
}

/** What stands after a dot may be a column, too; no function that comes with PostgreSQL is called `execute`. */
function isCalledAfterDot(name: string, family: SqlFamily): boolean {
  if (family === 'postgresql') return name !== '' && name !== UNSEEN;
  return family === 'mysql' && name === 'nextval';
}

/** MariaDB's other way to write `nextval()`. */
function isNextValue(lexemes: readonly Lexeme[], at: number): boolean {
  return lexemes[at - 1]?.word === 'value' && lexemes[at - 2]?.word === 'next';
}

function hasBody(lexemes: readonly Lexeme[]): boolean {
  const [first, ...others] = lexemes.slice(0, HEAD_LENGTH).map(({ word }) => word);
  return first === 'do' || (first === 'create' && others.some(word => ROUTINES.has(word)));
}

/** `create or replace function` */
const HEAD_LENGTH = 4;
const ROUTINES = new Set(['function', 'procedure']);

function callsInBody(sql: string, lexemes: readonly Lexeme[], family: SqlFamily): string[] {
  return lexemes.flatMap(({ kind, start, end }, at) => {
    if (kind !== 'string') return [];
    const body = bodyOf(sql.slice(start, end));
    // Strings one after another may be one.
    if (body === undefined || lexemes[at + 1]?.kind === 'string') return [UNSEEN];
    return splitAtSemicolons(body, family).flatMap(piece =>
      piece.isFlawed || piece.lexemes.some(({ word }) => word === UNSEEN)
        ? [UNSEEN]
        : callsIn(body, piece.lexemes, family),
    );
  });
}

/** What runs a text that a routine puts together. */
const UNSEEN = 'execute';

/** The text in quotes; undefined where there may be escapes in it. */
export function bodyOf(quoted: string): string | undefined {
  if (quoted.startsWith("'")) return quoted.slice(1, -1).replaceAll("''", "'");
  const tag = quoted.indexOf('$', 1) + 1;
  return quoted.startsWith('$') ? quoted.slice(tag, -tag) : undefined;
}

function isTable(lexemes: readonly Lexeme[], at: number): boolean {
  let first = at;
  while (lexemes[first - 1]?.word === '.') first -= 2;
  return BEFORE_TABLE.has(lexemes[first - 1]?.word ?? '');
}

/** The first part of every name that has several, in lower case. */
export function readQualifiers(sql: string, lexemes: readonly Lexeme[]): readonly string[] {
  const qualifiers = new Set<string>();
  for (const [at, { word }] of lexemes.entries()) {
    const name = lexemes[at - 1];
    if (word !== '.' || name === undefined || lexemes[at - 2]?.word === '.') continue;
    const qualifier = nameOf(sql, name).toLowerCase();
    if (qualifier !== '') qualifiers.add(qualifier);
  }
  return [...qualifiers];
}

const WRITING = new Set(['insert', 'update', 'delete', 'replace', 'merge', 'truncate']);
const MODIFIERS = new Set(
  'low_priority high_priority delayed quick ignore or abort fail rollback replace into from only table'.split(
    ' ',
  ),
);

/** The table that a statement writes, if it begins with that. */
export function readTarget(sql: string, lexemes: readonly Lexeme[], from: number): TableName | undefined {
  if (!WRITING.has(lexemes[from]?.word ?? '')) return undefined;
  let at = from + 1;
  while (MODIFIERS.has(lexemes[at]?.word ?? '')) at++;
  const parts: string[] = [];
  for (; ; at += 2) {
    const lexeme = lexemes[at];
    const name = lexeme === undefined ? '' : nameOf(sql, lexeme);
    if (name !== '') parts.push(name);
    if (lexemes[at + 1]?.word !== '.') break;
  }
  const [name, schema] = parts.toReversed();
  if (name === undefined) return undefined;
  return schema === undefined ? { name } : { schema, name };
}
