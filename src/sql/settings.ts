import { type Lexeme, nameOf } from './lexeme.ts';
import type { SqlFamily } from './token.ts';

/** The settings whose names are two words. */
const PHRASES: readonly (readonly string[])[] = [
  ['session', 'characteristics'],
  ['session', 'authorization'],
  ['time', 'zone'],
  ['character', 'set'],
  ['default', 'role'],
  ['resource', 'group'],
];

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

/** What SQLite keeps in the file when it is given a value. */
const KEPT = new Set(
  'user_version application_id schema_version writable_schema journal_mode auto_vacuum encoding page_size'.split(
    ' ',
  ),
);
/** What writes the file without one. */
const WORKING = new Set(['optimize', 'incremental_vacuum', 'wal_checkpoint']);

/** Whether SQLite's PRAGMA writes the file; one that only lasts as long as the connection does not. */
export function writesFilePragma(lexemes: readonly Lexeme[]): boolean {
  const hasSchema = lexemes[2]?.word === '.';
  const name = lexemes[hasSchema ? 3 : 1]?.word ?? '';
  const hasValue = lexemes.length > (hasSchema ? 4 : 2);
  return WORKING.has(name) || (hasValue && KEPT.has(name));
}

export function isAutocommit(setting: string): boolean {
  return /^(?:@@(?:session\.|local\.)?)?autocommit$/.test(setting);
}

/** Whether SET gives MySQL's `autocommit` a value other than the one that it has anyway. */
export function turnsOffAutocommit(sql: string, lexemes: readonly Lexeme[]): boolean {
  return assignments(lexemes, 'mysql').some(part => {
    if (!isAutocommit(settingOf(sql, part))) return false;
    const value = part.at(-1);
    return value === undefined || !/^(?:1|on|true|'on'|"on")$/i.test(sql.slice(value.start, value.end));
  });
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
  if (isPhrase(lexemes, 0)) return textOf(lexemes.slice(0, 2));
  const scope = lexemes.length > 1 && SCOPES.has(lexemes[0]?.word ?? '') ? (lexemes[0]?.word ?? '') : '';
  const name = nameAt(sql, lexemes, scope === '' ? 0 : 1);
  // The other scopes end with the connection.
  return LASTING_SCOPES.has(scope) ? `${scope} ${name}` : name;
}

function nameAt(sql: string, lexemes: readonly Lexeme[], at: number): string {
  const first = lexemes[at];
  if (first === undefined) return '';
  if (isPhrase(lexemes, at)) return textOf(lexemes.slice(at, at + 2));
  // A mode of transactions is said in words, without a value.
  if (MODES.has(first.word)) return textOf(lexemes.slice(at, at + MODE_LENGTH));
  if (first.kind === 'parameter') return sql.slice(first.start, first.end).toLowerCase();
  const parts = [nameOf(sql, first)];
  for (let dot = at + 1; lexemes[dot]?.word === '.'; dot += 2) {
    const part = lexemes[dot + 1];
    parts.push(part === undefined ? '' : nameOf(sql, part));
  }
  return parts.join('.').toLowerCase();
}

const LASTING_SCOPES = new Set(['global', 'persist', 'persist_only']);
const SCOPES = new Set(['session', 'local', ...LASTING_SCOPES]);
const MODES = new Set(['transaction', 'isolation', 'read']);
/** `transaction isolation level repeatable read` */
const MODE_LENGTH = 5;

function isPhrase(lexemes: readonly Lexeme[], at: number): boolean {
  return PHRASES.some(phrase => phrase.every((word, index) => lexemes[at + index]?.word === word));
}

function textOf(lexemes: readonly Lexeme[]): string {
  return lexemes.map(({ word }) => word).join(' ');
}
