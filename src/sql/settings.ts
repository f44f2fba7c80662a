import { type Lexeme, nameOf } from './lexemes.ts';
import type { SqlFamily } from './token.ts';

/** What a SET or RESET is about, in more than one word where SQL says so. */
const PHRASES: readonly (readonly string[])[] = [
  ['session', 'characteristics'],
  ['session', 'authorization'],
  ['time', 'zone'],
  ['character', 'set'],
  ['default', 'role'],
  ['resource', 'group'],
];
const SCOPES = new Set(['session', 'local', 'global', 'persist', 'persist_only']);

/**
 * What SET, RESET, USE, PRAGMA or DISCARD sets, in lower case: `search_path`, `time zone`, `global max_connections`,
 * `transaction read only`, `@name`.
 */
export function readSettings(sql: string, lexemes: readonly Lexeme[], family: SqlFamily): readonly string[] {
  const [first] = lexemes;
  switch (first?.word) {
    case 'set':
      return assignments(lexemes, family).map(part => settingOf(sql, part));
    case 'reset':
      return [settingOf(sql, lexemes.slice(1))];
    case 'discard':
      return ['all'];
    case 'use':
      return ['database'];
    case 'pragma':
      return [settingOf(sql, lexemes.slice(1))];
    default:
      return [];
  }
}

/** MySQL sets several things at once, separated by commas. */
function assignments(lexemes: readonly Lexeme[], family: SqlFamily): Lexeme[][] {
  const parts: Lexeme[][] = [[]];
  let depth = 0;
  for (const lexeme of lexemes.slice(1)) {
    if (lexeme.word === '(') depth++;
    else if (lexeme.word === ')') depth--;
    if (lexeme.word === ',' && depth === 0 && family === 'mysql') parts.push([]);
    else parts.at(-1)?.push(lexeme);
  }
  return parts;
}

function settingOf(sql: string, lexemes: readonly Lexeme[]): string {
  const words = lexemes.map(({ word }) => word);
  const phrase = PHRASES.find(each => each.every((word, at) => words[at] === word));
  if (phrase !== undefined) return phrase.join(' ');
  const [first] = lexemes;
  if (first === undefined) return '';
  // These are said in words, without a value.
  if (['transaction', 'isolation', 'read'].includes(first.word)) return words.slice(0, MODE_LENGTH).join(' ');
  if (SCOPES.has(first.word) && lexemes.length > 1) {
    const name = settingOf(sql, lexemes.slice(1));
    return first.word === 'global' || first.word.startsWith('persist') ? `${first.word} ${name}` : name;
  }
  if (first.kind === 'parameter') return sql.slice(first.start, first.end).toLowerCase();
  let name = nameOf(sql, first).toLowerCase();
  for (let at = 1; lexemes[at]?.word === '.'; at += 2) {
    const part = lexemes[at + 1];
    name += `.${part === undefined ? '' : nameOf(sql, part).toLowerCase()}`;
  }
  return name;
}

/** `transaction isolation level repeatable read` */
const MODE_LENGTH = 5;
