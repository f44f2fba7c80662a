import { type Lexeme, nameOf } from './lexemes.ts';

export interface TableName {
  readonly schema?: string;
  readonly name: string;
}

/** The keywords that stand before a parenthesis. */
const KEYWORDS = new Set(
  (
    'in values as and or not on using from select where exists any all some over filter within by set then else ' +
    'when case between like is returning having limit offset with into table key primary unique references check ' +
    'foreign index add default union intersect except join distinct materialized do only partition lateral update ' +
    'explain conflict constraint column ignore recursive if copy'
  ).split(' '),
);

/** What stands before the name of a table whose columns follow in parentheses. */
const BEFORE_TABLE = new Set(['into', 'references', 'table', 'exists', 'update']);

/** The functions that are called, in lower case and without their schemas. */
export function readFunctions(sql: string, lexemes: readonly Lexeme[]): readonly string[] {
  const functions = new Set<string>();
  for (const [at, { word }] of lexemes.entries()) {
    const name = lexemes[at - 1];
    if (word !== '(' || name === undefined || KEYWORDS.has(name.word)) continue;
    if (name.word === '' && name.kind === 'number') continue;
    const called = nameOf(sql, name).toLowerCase();
    if (called !== '' && !isTable(lexemes, at - 1)) functions.add(called);
  }
  return [...functions];
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
