import type { Lexeme } from './lexeme.ts';
import { type RoutineBody, routineBody } from './routine-body.ts';
import type { SqlFamily, TokenKind } from './token.ts';
import { tokenize } from './tokens.ts';

/** What stands between two `;`. */
export interface Piece {
  readonly lexemes: readonly Lexeme[];
  /** Whether a token in it may be read in another way by the server. */
  readonly isFlawed: boolean;
}

/** Splits SQL text at each `;` outside of the body of a trigger or another routine. */
export function splitAtSemicolons(sql: string, family: SqlFamily): readonly Piece[] {
  const pieces: Piece[] = [];
  let lexemes: Lexeme[] = [];
  let isFlawed = false;
  let body: RoutineBody = routineBody(family);
  const close = () => {
    if (lexemes.length > 0 || isFlawed) pieces.push({ lexemes, isFlawed: isFlawed || body.isOpen });
    lexemes = [];
    isFlawed = false;
    body = routineBody(family);
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

/** Databases fold ASCII only: the Kelvin sign is no k. */
function lowerCase(word: string): string {
  return NOT_ASCII.test(word) ? word : word.toLowerCase();
}

// oxlint-disable-next-line no-control-regex
const NOT_ASCII = /[^\0-\x7F]/;
