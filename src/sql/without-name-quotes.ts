import type { SqlFamily, Token } from './token.ts';
import { tokenize } from './tokens.ts';

/**
 * Writes SQL so that that of several databases can be compared: on one line, with one space where there were several, and
 * without the quotes around names, double quotes and backticks, whichever of them the database itself uses. Strings in
 * single quotes stay as they are, but for a new line, which becomes `\n`.
 */
export function withoutNameQuotes(sql: string, family: SqlFamily): string {
  return tokenize(sql, family)
    .map(token => onOneLine(token, sql.slice(token.start, token.end)))
    .map(text => (/^["`]/.test(text) ? text.replaceAll(text.charAt(0), '') : text))
    .join('')
    .trim();
}

/** Takes away the spaces that no reader needs: those beside brackets, commas, semicolons and equals signs. */
export function withoutOptionalSpaces(sql: string, family: SqlFamily): string {
  const pieces = tokenize(sql, family).map(({ kind, start, end }) => ({ kind, text: sql.slice(start, end) }));
  const isMark = (index: number) => /^[(),;=]$/.test(pieces[index]?.text ?? '');
  return pieces
    .filter(({ kind }, index) => kind !== 'space' || !(isMark(index - 1) || isMark(index + 1)))
    .map(({ text }) => text)
    .join('');
}

function onOneLine({ kind }: Token, text: string): string {
  switch (kind) {
    case 'space':
      return ' ';
    case 'comment':
      return text.replaceAll(/\s+/g, ' ');
    default:
      return text.replaceAll(/\r?\n|\r/g, String.raw`\n`);
  }
}
