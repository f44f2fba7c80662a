import type { Lexeme } from '../../sql/lexeme.ts';
import { splitAtSemicolons } from '../../sql/pieces.ts';
import type { SqlStatement } from '../../sql/statement.ts';

/**
 * Whether a statement of SQLite may take rows away that its text does not name: by the table of all tables, with which a
 * table is gone, or by a command to a full-text table.
 */
export function losesRows({ keyword, settings, target, text }: SqlStatement): boolean {
  if (settings.some(name => /(?:^|\.)writable_schema$/.test(name))) return true;
  const inserts = keyword === 'insert' || keyword === 'replace';
  return inserts && target !== undefined && mayDeleteAll(text, target.name.toLowerCase());
}

/**
 * A full-text table has a column of its own name, and what is inserted there is a command, of which `delete-all` empties
 * it. Other tables may have such a column, too, with any plain value.
 */
function mayDeleteAll(sql: string, table: string): boolean {
  const [{ lexemes } = { lexemes: [] }] = splitAtSemicolons(sql, 'sqlite');
  const textOf = ({ start, end }: Lexeme) => sql.slice(start, end);
  const isTable = (lexeme: Lexeme | undefined) => lexeme !== undefined && unquoted(textOf(lexeme)) === table;
  const open = lexemes.findIndex(({ word }) => word === '(');
  if (!isTable(lexemes[open - 1])) return false;
  const close = lexemes.findIndex(({ word }, at) => at > open && word === ')');
  if (!lexemes.slice(open + 1, close).some(isTable)) return false;
  const end = lexemes.findIndex(({ word }) => word === 'returning');
  return lexemes
    .slice(close + 1, end === -1 ? undefined : end)
    .some(each => !isPlain(each, textOf(each)) || unquoted(textOf(each)) === 'delete-all');
}

/** Whether a part of a list of rows is what it looks like. */
function isPlain({ kind, word }: Lexeme, text: string): boolean {
  if (kind === 'string' || kind === 'name') return !/^x/i.test(text);
  return kind === 'number' || PLAIN.has(word);
}

const PLAIN = new Set(['values', 'null', 'true', 'false', '(', ')', ',', '-']);

/** SQLite takes a name in quotes for a string where there is none of that name, and the other way round. */
function unquoted(text: string): string {
  const inner = /^["'`[]/.test(text) ? text.slice(1, -1) : text;
  return inner.toLowerCase();
}
