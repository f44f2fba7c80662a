import type { SqlFamily, TokenKind } from './token.ts';
import { tokenize } from './tokens.ts';

/** A token that is neither a space nor a comment. */
export interface Lexeme {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** A word without quotes in lower case, or a symbol; `''` for everything else. */
  readonly word: string;
}

/** What stands between two `;`. */
export interface Piece {
  readonly lexemes: readonly Lexeme[];
  /** Whether a token in it may be read in another way by the server. */
  readonly isFlawed: boolean;
}

/** The words after CREATE for what may have statements of its own inside, each with a `;`. */
const ROUTINES = new Set(['trigger', 'procedure', 'function', 'event', 'package']);
/** `create or replace definer = 'a'@'b' temporary constraint trigger` */
const CREATE_LENGTH = 12;
/** What ends with `end if` and so on, and is not counted where it begins. */
const UNCOUNTED = new Set(['if', 'loop', 'while', 'repeat', 'for']);

/** Splits SQL text at each `;` outside of the body of a trigger or another routine. */
export function splitAtSemicolons(sql: string, family: SqlFamily): readonly Piece[] {
  const pieces: Piece[] = [];
  let lexemes: Lexeme[] = [];
  let isFlawed = false;
  let body = new Body(family);
  const close = () => {
    if (lexemes.length > 0 || isFlawed) pieces.push({ lexemes, isFlawed: isFlawed || body.isOpen });
    lexemes = [];
    isFlawed = false;
    body = new Body(family);
  };
  for (const { kind, start, end, flaw } of tokenize(sql, family)) {
    if (flaw !== undefined) isFlawed = true;
    if (kind === 'space' || kind === 'comment' || kind === 'mark') continue;
    if (kind === 'semicolon' && !body.isOpen) {
      close();
      continue;
    }
    lexemes.push({ kind, start, end, word: wordOf(sql, kind, start, end) });
    body.read(lexemes);
  }
  close();
  return pieces;
}

/** Follows `begin … end` in a routine, and in MariaDB's `begin not atomic`. */
class Body {
  readonly #family: SqlFamily;
  #isRoutine = false;
  #depth = 0;

  constructor(family: SqlFamily) {
    this.#family = family;
  }

  get isOpen(): boolean {
    return this.#depth > 0;
  }

  /** @param lexemes those of the statement up to the one to read */
  read(lexemes: readonly Lexeme[]): void {
    const at = lexemes.length - 1;
    const word = lexemes[at]?.word ?? '';
    if (word === '') return;
    if (!this.#isRoutine) {
      this.#isRoutine =
        (ROUTINES.has(word) && at < CREATE_LENGTH && lexemes[0]?.word === 'create') ||
        (this.#family === 'mysql' && at === 2 && isBlock(lexemes));
      if (at === 2 && this.#isRoutine && word === 'atomic') this.#depth = 1;
      return;
    }
    const isAfterEnd = lexemes[at - 1]?.word === 'end';
    if (isAfterEnd && UNCOUNTED.has(word)) this.#depth++;
    else if (word === 'end') this.#depth = Math.max(0, this.#depth - 1);
    else if (word === 'case') this.#depth += isAfterEnd ? 0 : 1;
    else if (word === (this.#family === 'postgresql' ? 'atomic' : 'begin')) this.#depth++;
  }
}

/** MariaDB's statement for code outside of a routine. */
export function isBlock(lexemes: readonly Lexeme[]): boolean {
  return ['begin', 'not', 'atomic'].every((word, at) => lexemes[at]?.word === word);
}

function wordOf(sql: string, kind: TokenKind, start: number, end: number): string {
  switch (kind) {
    case 'word':
      return lowerCase(sql.slice(start, end));
    case 'symbol':
      return sql.slice(start, end);
    default:
      return '';
  }
}

/** What a name stands for: a word as it is written, one in quotes without them, `''` for what is no name. */
export function nameOf(sql: string, { kind, start, end }: Lexeme): string {
  const text = sql.slice(start, end);
  if (kind === 'word') return text;
  // MySQL takes a string in double quotes for a name under a setting of the server.
  return kind === 'name' || text.startsWith('"') ? withoutQuotes(text) : '';
}

/** Databases fold ASCII only: the Kelvin sign is no k. */
function lowerCase(word: string): string {
  return NOT_ASCII.test(word) ? word : word.toLowerCase();
}

// oxlint-disable-next-line no-control-regex
const NOT_ASCII = /[^\0-\x7F]/;

function withoutQuotes(name: string): string {
  const open = /["`[]/.exec(name)?.[0] ?? '';
  const inner = name.slice(name.indexOf(open) + 1, -1);
  return open === '[' ? inner : inner.replaceAll(open + open, open);
}
