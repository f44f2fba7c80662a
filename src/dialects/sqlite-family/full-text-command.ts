import type { Lexeme } from '../../sql/lexeme.ts';
import { splitAtSemicolons } from '../../sql/pieces.ts';

/**
 * Whether an INSERT in a statement may empty a full-text table. Such a table has a column of its own name, and what is
 * inserted there is a command, of which `delete-all` empties it. Other tables may have such a column, too, with any plain
 * value.
 */
export function mayDeleteAll(sql: string): boolean {
  const lexemes = splitAtSemicolons(sql, 'sqlite').flatMap(piece => piece.lexemes);
  const names = lexemes.map(({ start, end }) => unquoted(sql.slice(start, end)));
  return lexemes.some(({ word }, at) => word === 'into' && commands(sql, lexemes, names, at + 1));
}

/** @param at where the table of an INSERT is named */
function commands(sql: string, lexemes: readonly Lexeme[], names: readonly string[], at: number): boolean {
  let table = at;
  while (lexemes[table + 1]?.word === '.') table += 2;
  const open = lexemes[table + 1]?.word === 'as' ? table + 3 : table + 1;
  if (lexemes[open]?.word !== '(') return false;
  const close = lexemes.findIndex(({ word }, index) => index > open && word === ')');
  const columns = names.slice(open + 1, close).filter(name => name !== ',');
  const places = [...columns.keys()].filter(place => columns[place] === names[table]);
  return places.length > 0 && !valuesAre(lexemes, close + 1, values => places.every(isHarmlessIn(values)));

  function isHarmlessIn(values: readonly (readonly Lexeme[])[]): (place: number) => boolean {
    return place => {
      const value = values[place] ?? [];
      const text = value.map(({ start, end }) => sql.slice(start, end)).join('');
      return value.every(each => isPlain(each, text)) && unquoted(text) !== 'delete-all';
    };
  }
}

/** Whether there are rows of values and nothing else, and all of them are of a kind. */
function valuesAre(
  lexemes: readonly Lexeme[],
  from: number,
  areSo: (values: readonly (readonly Lexeme[])[]) => boolean,
): boolean {
  if (lexemes[from]?.word !== 'values') return false;
  let at = from;
  do {
    const row = rowAt(lexemes, at + 1);
    if (row === undefined || !areSo(row.values)) return false;
    at = row.end;
  } while (lexemes[at]?.word === ',');
  return !UNIONS.has(lexemes[at]?.word ?? '');
}

const UNIONS = new Set(['union', 'except', 'intersect']);

/** The values in parentheses, and where what comes after them is. */
function rowAt(
  lexemes: readonly Lexeme[],
  open: number,
): { readonly values: readonly (readonly Lexeme[])[]; readonly end: number } | undefined {
  if (lexemes[open]?.word !== '(') return undefined;
  const values: Lexeme[][] = [[]];
  let depth = 0;
  for (let at = open + 1; at < lexemes.length; at++) {
    const lexeme = lexemes[at];
    if (lexeme === undefined) break;
    if (lexeme.word === ')' && depth-- === 0) return { values, end: at + 1 };
    if (lexeme.word === '(') depth++;
    if (lexeme.word === ',' && depth === 0) values.push([]);
    else values.at(-1)?.push(lexeme);
  }
  return undefined;
}

/** Whether a part of a value is what it looks like. */
function isPlain({ kind, word }: Lexeme, text: string): boolean {
  if (kind === 'string' || kind === 'name') return !/^x/i.test(text);
  return kind === 'number' || PLAIN.has(word);
}

const PLAIN = new Set(['null', 'true', 'false', '-']);

/** SQLite takes a name in quotes for a string where there is none of that name, and the other way round. */
function unquoted(text: string): string {
  const inner = /^["'`[]/.test(text) ? text.slice(1, -1) : text;
  return inner.toLowerCase();
}
