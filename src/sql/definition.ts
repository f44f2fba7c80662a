import { type Condition, readConditions } from './conditions.ts';
import { readDeclared } from './declared.ts';
import { readBody } from './judge.ts';
import { type Lexeme, nameOf } from './lexeme.ts';
import { bodyOf } from './names.ts';
import { type Piece, splitAtSemicolons } from './pieces.ts';
import { readStatements } from './statement.ts';

/** What a statement of PostgreSQL brings along or refers to, with the bodies of the routines in it. */
export interface Code {
  readonly definitions: readonly Definition[];
  /** Whether it may write one of the system's tables: one stands where a write names its table. */
  readonly writesCatalog: boolean;
  /** Whether the body of a routine writes every row of a table, or drops one. */
  readonly losesRows: boolean;
  /** The conditions in the bodies of the routines. */
  readonly conditions: readonly Condition[];
  /** The functions that it calls, as `SqlStatement` has them; `execute` stands for code that does not show. */
  readonly functions: readonly string[];
}

/** What a CREATE, ALTER, IMPORT, DO, COPY, LOAD or ANALYZE says. */
export interface Definition {
  /** What is created or altered, as `function` or `foreign table`, or the keyword of another statement. */
  readonly what: string;
  /** What may be the language of a routine, in lower case; `''` where that cannot be read. */
  readonly languages: readonly string[];
  /** Every name in it, in lower case, whatever it stands for. */
  readonly names: readonly string[];
}

export function readCode(sql: string): Code {
  const [texts, isSeen] = textsOf(sql);
  const bodies = texts.flatMap(text => (text.isBody ? text.pieces.map(piece => ({ text, piece })) : []));
  const later = bodies.map(({ text, piece: { lexemes } }) => ({
    text,
    lexemes,
    ...readBody(lexemes, 'postgresql'),
  }));
  const declared = new Set(
    texts.flatMap(text => [
      ...readDeclared(
        text.sql,
        text.pieces.flatMap(({ lexemes }) => lexemes),
      ),
    ]),
  );
  return {
    definitions: texts.flatMap(definitionsIn),
    writesCatalog: texts.some(writesCatalog),
    losesRows: later.some(({ everyRow }) => everyRow),
    conditions: later.flatMap(({ text, lexemes, conditions }) =>
      readConditions(text.sql, lexemes, conditions, 'postgresql', declared),
    ),
    functions: [
      ...texts.flatMap(text => readStatements(text.sql, 'postgresql').flatMap(each => each.functions)),
      ...(isSeen && !texts.some(hidesCode) ? [] : [UNSEEN]),
    ],
  };
}

/** What runs a text that is put together. */
const UNSEEN = 'execute';

/** A statement, or the body of a routine in one. */
interface Text {
  readonly sql: string;
  readonly isBody: boolean;
  readonly pieces: readonly Piece[];
}

/** A text and the bodies of all routines in it and in them, and whether all of these can be read. */
function textsOf(statement: string): [texts: readonly Text[], isSeen: boolean] {
  const texts: Text[] = [];
  let isSeen = true;
  const read = (sql: string, isBody: boolean) => {
    const pieces = splitAtSemicolons(sql, 'postgresql');
    texts.push({ sql, isBody, pieces });
    for (const { lexemes } of pieces) {
      if (!hasRoutine(lexemes, isBody)) continue;
      for (const { kind, start, end } of lexemes) {
        if (kind !== 'string') continue;
        const body = bodyOf(sql.slice(start, end));
        if (body === undefined) isSeen = false;
        else read(body, true);
      }
    }
  };
  read(statement, false);
  return [texts, isSeen];
}

/** Whether a statement is a DO or creates a routine; in a body, it may have something before that. */
function hasRoutine(lexemes: readonly Lexeme[], isBody: boolean): boolean {
  return startsIn(lexemes, isBody).some(at => {
    const what = whatAt(lexemes, at);
    const next = lexemes[at + 1];
    return what === 'do' ? next?.kind === 'string' || next?.word === 'language' : ROUTINES.has(what);
  });
}

function hidesCode({ pieces, isBody }: Text): boolean {
  return (
    isBody && pieces.some(({ lexemes, isFlawed }) => isFlawed || lexemes.some(({ word }) => word === UNSEEN))
  );
}

const DEFINING = /^(?:create|alter|import|do|copy|load|analy[sz]e)$/;

/** Where definitions begin in a statement; in a body, `begin` or `then` may come before one. */
function startsIn(lexemes: readonly Lexeme[], isBody: boolean): readonly number[] {
  return [...lexemes.keys()].filter(at => (isBody || at === 0) && DEFINING.test(lexemes[at]?.word ?? ''));
}

const ROUTINES = new Set(['function', 'procedure', 'routine']);
/** The kinds whose name is more than a word. */
const TWO_WORDS = new Set(['foreign', 'event', 'access', 'user']);
const THREE_WORDS = 'foreign data wrapper';
const MODIFIERS = new Set('or replace trusted procedural global local temp temporary'.split(' '));

function definitionsIn({ sql, isBody, pieces }: Text): readonly Definition[] {
  return pieces.flatMap(({ lexemes }) =>
    startsIn(lexemes, isBody)
      .filter(at => isStatement(lexemes, at))
      .map(at => {
        const what = whatAt(lexemes, at);
        const rest = lexemes.slice(at);
        return {
          what,
          languages: what === 'do' || ROUTINES.has(what) ? languagesOf(sql, rest) : [],
          names: rest.map(lexeme => nameOf(sql, lexeme).toLowerCase()).filter(name => name !== ''),
        };
      }),
  );
}

function whatAt(lexemes: readonly Lexeme[], at: number): string {
  const first = lexemes[at]?.word ?? '';
  if (!/^(?:create|alter|import)$/.test(first)) return first;
  let from = at + 1;
  while (MODIFIERS.has(lexemes[from]?.word ?? '')) from++;
  const words = lexemes.slice(from, from + 3).map(({ word }) => word);
  const length = words.join(' ') === THREE_WORDS ? 3 : TWO_WORDS.has(words[0] ?? '') ? 2 : 1;
  return words.slice(0, length).join(' ');
}

function isStatement(lexemes: readonly Lexeme[], at: number): boolean {
  switch (lexemes[at]?.word) {
    case 'copy':
    case 'load':
      return namesFile(lexemes, at);
    case 'analyze':
    case 'analyse':
      // An option of EXPLAIN, too.
      return !/^(?:explain|[(,])$/.test(lexemes[at - 1]?.word ?? '');
    default:
      return true;
  }
}

/** COPY and LOAD may be names in a body; as statements they have a file or a program. */
function namesFile(lexemes: readonly Lexeme[], at: number): boolean {
  return lexemes.slice(at + 1).some(({ kind, word }) => kind === 'string' || word === 'program');
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

function writesCatalog({ sql, pieces }: Text): boolean {
  return pieces.some(({ lexemes }) =>
    lexemes.some(({ word }, at) => {
      if (!Object.hasOwn(WRITING, word)) return false;
      const before = WRITING[word];
      return (before === undefined || lexemes[at - 1]?.word === before) && isCatalog(sql, lexemes, at + 1);
    }),
  );
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
