import type { TokenKind } from './token.ts';

/** A token that is neither a space nor a comment. */
export interface Lexeme {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** A word without quotes in lower case, or a symbol; `''` for everything else. */
  readonly word: string;
}

/** The name that a lexeme spells, without its quotes; `''` if the lexeme is not a name. */
export function nameOf(sql: string, { kind, start, end }: Lexeme): string {
  const text = sql.slice(start, end);
  if (kind === 'word') return text;
  // MySQL takes a string in double quotes for a name under a setting of the server.
  return kind === 'name' || text.startsWith('"') ? withoutQuotes(text) : '';
}

function withoutQuotes(name: string): string {
  const open = /["`[]/.exec(name)?.[0] ?? '';
  const inner = name.slice(name.indexOf(open) + 1, -1);
  return open === '[' ? inner : inner.replaceAll(open + open, open);
}
