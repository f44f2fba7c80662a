import { type Lexeme, nameOf } from './lexeme.ts';

/** What an UPDATE or DELETE of several tables in MySQL writes: tables by their aliases, or columns of any of them. */
export interface Written {
  readonly aliases: readonly string[];
  readonly columns: readonly string[];
  /** Where the tables begin that it reads, with the conditions of their joins. */
  readonly from: number;
}

/**
 * @param lexemes from the verb up to the WHERE
 * @returns undefined where there is only one table
 */
export function writtenTables(sql: string, lexemes: readonly Lexeme[]): Written | undefined {
  return lexemes[0]?.word === 'update' ? updated(sql, lexemes) : deleted(sql, lexemes);
}

/** `delete a, b from …` or `delete from a, b using …` */
function deleted(sql: string, lexemes: readonly Lexeme[]): Written | undefined {
  const from = lexemes.findIndex(({ word }) => word === 'from');
  const before = namesIn(sql, lexemes.slice(1, from));
  if (before.length > 0) return { aliases: before, columns: [], from: from + 1 };
  const using = lexemes.findIndex(({ word }, at) => word === 'using' && lexemes[at + 1]?.word !== '(');
  if (using === -1) return undefined;
  return { aliases: namesIn(sql, lexemes.slice(from + 1, using)), columns: [], from: using + 1 };
}

const MODIFIERS = new Set(['low_priority', 'quick', 'ignore', 'history']);

/** The last part of each name, also of `a.b.*`. */
function namesIn(sql: string, lexemes: readonly Lexeme[]): readonly string[] {
  return lexemes.flatMap((lexeme, at) => {
    const goesOn = lexemes[at + 1]?.word === '.' && lexemes[at + 2]?.word !== '*';
    const name = goesOn || MODIFIERS.has(lexeme.word) ? '' : nameOf(sql, lexeme).toLowerCase();
    return name === '' ? [] : [name];
  });
}

/** `update a join b … set a.title = 1, body = 2` */
function updated(sql: string, lexemes: readonly Lexeme[]): Written | undefined {
  const set = lexemes.findIndex(({ word }) => word === 'set');
  if (!lexemes.slice(1, set).some(({ word }) => word === ',' || word === 'join' || word === 'straight_join'))
    return undefined;
  const written = { aliases: new Set<string>(), columns: new Set<string>() };
  let depth = 0;
  for (let at = set; at < lexemes.length; at++) {
    const word = lexemes[at]?.word;
    if (word === '(') depth++;
    else if (word === ')') depth--;
    if (depth > 0 || (at > set && word !== ',')) continue;
    const parts = [at + 1];
    while (lexemes[at + 2 * parts.length]?.word === '.') parts.push(at + 2 * parts.length + 1);
    const [column = '', alias] = parts.toReversed().map(part => lexemeName(sql, lexemes[part]));
    if (alias === undefined) written.columns.add(column);
    else written.aliases.add(alias);
  }
  return { aliases: [...written.aliases], columns: [...written.columns], from: 1 };
}

function lexemeName(sql: string, lexeme: Lexeme | undefined): string {
  return lexeme === undefined ? '' : nameOf(sql, lexeme).toLowerCase();
}
