import { type Lexeme, nameOf } from './lexeme.ts';

/** What a name stands for in the code of a routine where it is no column: a parameter, a variable, a row that is changed. */
export type Declared = ReadonlySet<string>;

export const NOTHING_DECLARED: Declared = new Set();

/**
 * The names, in lower case, that the text of a routine may give to parameters and variables. Where one is a column, too,
 * it depends on the server and its settings which of them is meant.
 */
export function readDeclared(sql: string, lexemes: readonly Lexeme[]): Declared {
  const declared = new Set(['new', 'old']);
  for (const [from, { word }] of lexemes.entries()) {
    const end = ENDS[word]?.(lexemes, from);
    if (end === undefined) continue;
    for (const lexeme of lexemes.slice(from + 1, end)) declared.add(nameOf(sql, lexeme).toLowerCase());
  }
  return declared;
}

type End = (lexemes: readonly Lexeme[], from: number) => number;

/** Where the declarations end that begin with a word. */
const ENDS: Readonly<Record<string, End | undefined>> = {
  function: endOfHead,
  procedure: endOfHead,
  // What handlers and cursors have besides is not declared.
  declare: (lexemes, from) =>
    /^(?:handler|cursor)$/.test(lexemes[from + 2]?.word ?? '') ? from + 2 : endOf(lexemes, from, ['begin']),
  // `for id in 1..3 loop`
  for: (lexemes, from) => (lexemes[from + 2]?.word === 'in' ? from + 2 : from),
};

/** Variables may come after the parameters, before the first BEGIN. */
function endOfHead(lexemes: readonly Lexeme[], from: number): number {
  return endOf(lexemes, from, ['begin', 'delete', 'update', 'merge', 'with']);
}

function endOf(lexemes: readonly Lexeme[], from: number, words: readonly string[]): number {
  const end = lexemes.findIndex(
    ({ kind, word }, at) => at > from && (kind === 'semicolon' || words.includes(word)),
  );
  return end === -1 ? lexemes.length : end;
}
