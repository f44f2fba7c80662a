import type { SqlFamily } from './token.ts';
import { tokenize } from './tokens.ts';

/**
 * Takes the quotes off names, so that the SQL of several databases can be compared: double quotes and backticks,
 * whichever of them the database itself uses. Strings in single quotes stay as they are.
 */
export function withoutNameQuotes(sql: string, family: SqlFamily): string {
  return tokenize(sql, family)
    .map(({ start, end }) => sql.slice(start, end))
    .map(text => (/^["`]/.test(text) ? text.replaceAll(text.charAt(0), '') : text))
    .join('');
}
