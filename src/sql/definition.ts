import { type Lexeme, nameOf } from './lexeme.ts';
import { bodyOf } from './names.ts';
import { splitAtSemicolons } from './pieces.ts';

/** What a CREATE, ALTER or DO of PostgreSQL says of the code that it brings along or refers to. */
export interface Definition {
  /** What is created or altered, as `function` or `foreign table`; `do` for code that is run at once. */
  readonly what: string;
  /** What may be the language of a routine, in lower case; `''` where that cannot be read. */
  readonly languages: readonly string[];
  /** Every name in it, in lower case, whatever it stands for. */
  readonly names: readonly string[];
}

/** The kinds whose name is more than a word. */
const TWO_WORDS = new Set(['foreign', 'event', 'access', 'user']);
const THREE_WORDS = 'foreign data wrapper';
const HAVE_LANGUAGE = new Set(['do', 'function', 'procedure', 'routine']);
const MODIFIERS = new Set(['or', 'replace', 'trusted', 'procedural', 'global', 'local', 'temp', 'temporary']);

/** Reads a CREATE, ALTER, IMPORT or DO of PostgreSQL; undefined for any other statement. */
export function readDefinition(sql: string): Definition | undefined {
  const lexemes = splitAtSemicolons(sql, 'postgresql')[0]?.lexemes ?? [];
  const [first] = lexemes;
  if (!/^(?:create|alter|import|do)$/.test(first?.word ?? '')) return undefined;
  const at = lexemes.findIndex(({ word }, index) => index > 0 && !MODIFIERS.has(word));
  const words = at === -1 ? [] : lexemes.slice(at, at + 3).map(({ word }) => word);
  const length = words.join(' ') === THREE_WORDS ? 3 : TWO_WORDS.has(words[0] ?? '') ? 2 : 1;
  const what = first?.word === 'do' ? 'do' : words.slice(0, length).join(' ');
  return {
    what,
    languages: HAVE_LANGUAGE.has(what) ? languagesOf(sql, lexemes) : [],
    names: lexemes.map(lexeme => nameOf(sql, lexeme).toLowerCase()).filter(name => name !== ''),
  };
}

/** A language may be a word, a name or a string. In parentheses the word is the name of a parameter. */
function languagesOf(sql: string, lexemes: readonly Lexeme[]): readonly string[] {
  let depth = 0;
  return lexemes.flatMap(({ word }, at) => {
    if (word === '(') depth++;
    else if (word === ')') depth--;
    const next = lexemes[at + 1];
    if (word !== 'language' || depth > 0 || next === undefined || next.kind === 'symbol') return [];
    const text = sql.slice(next.start, next.end);
    return [(next.kind === 'string' ? (bodyOf(text) ?? '') : nameOf(sql, next)).toLowerCase()];
  });
}

/** What stands before the name of a table that is written, by the word before it where that decides. */
const WRITING: Readonly<Record<string, string | undefined>> = {
  into: undefined,
  update: undefined,
  truncate: undefined,
  from: 'delete',
  table: 'truncate',
};

/**
 * Whether a statement of PostgreSQL, or the body of a routine in it, may write one of the system's tables: one of them
 * stands where a write names its table.
 */
export function writesCatalog(sql: string): boolean {
  return splitAtSemicolons(sql, 'postgresql').some(({ lexemes }) =>
    lexemes.some(({ kind, word, start, end }, at) => {
      if (kind === 'string') {
        const body = isCode(lexemes) ? bodyOf(sql.slice(start, end)) : undefined;
        return body !== undefined && writesCatalog(body);
      }
      if (!Object.hasOwn(WRITING, word)) return false;
      const before = WRITING[word];
      return (before === undefined || lexemes[at - 1]?.word === before) && isCatalog(sql, lexemes, at + 1);
    }),
  );
}

function isCode(lexemes: readonly Lexeme[]): boolean {
  const first = lexemes[0]?.word;
  return first === 'do' || first === 'create';
}

function isCatalog(sql: string, lexemes: readonly Lexeme[], from: number): boolean {
  let at = from;
  // `only (pg_proc)`
  while (/^(?:only|\()$/.test(lexemes[at]?.word ?? '')) at++;
  const [name, dot] = [lexemes[at], lexemes[at + 1]];
  if (name === undefined) return false;
  const first = nameOf(sql, name).toLowerCase();
  return first === 'pg_catalog' || (dot?.word !== '.' && first.startsWith('pg_'));
}
