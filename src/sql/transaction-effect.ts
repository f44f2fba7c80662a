import { type Lexeme, nameOf } from './lexeme.ts';
import { kindOf, type StatementKind } from './keywords.ts';
import { isAutocommit, turnsOffAutocommit } from './settings.ts';
import type { SqlFamily } from './token.ts';

/** What a statement means for the transaction that it is in. */
export type TransactionEffect =
  | { readonly kind: 'begin'; readonly readOnly: boolean }
  | {
      readonly kind: 'commit' | 'rollback';
      /** Another transaction begins at once. */
      readonly chain: boolean;
    }
  | { readonly kind: 'savepoint' | 'rollbackTo' | 'release'; readonly name: string }
  /** Two-phase commit, and all of XA. */
  | { readonly kind: 'prepare' | 'commitPrepared' | 'rollbackPrepared' | 'xa' }
  /** MySQL and MariaDB commit before they do it, or may do so. */
  | { readonly kind: 'implicitCommit'; readonly leaves?: Leftover };

/** What a statement outside of a transaction leaves on its connection, or may leave there. */
export type Leftover = 'transaction' | 'lock';

/** Reads BEGIN, COMMIT and the like; undefined for another statement, and for one that cannot be read. */
export function readTransaction(
  sql: string,
  lexemes: readonly Lexeme[],
  family: SqlFamily,
): TransactionEffect | undefined {
  const first = lexemes[0]?.word ?? '';
  if (kindOf(family, first) !== 'transaction' && !(first === 'prepare' && family === 'postgresql'))
    return undefined;
  const words = lexemes.map(({ word }) => word);
  const second = words[1] ?? '';
  switch (first) {
    case 'begin':
      return { kind: 'begin', readOnly: isReadOnly(words) };
    case 'start':
      return second === 'transaction' ? { kind: 'begin', readOnly: isReadOnly(words) } : undefined;
    case 'commit':
    case 'end':
      if (second === 'prepared') return { kind: 'commitPrepared' };
      return { kind: 'commit', chain: isChained(words) };
    case 'rollback':
    case 'abort': {
      if (second === 'prepared') return { kind: 'rollbackPrepared' };
      const to = words.indexOf('to');
      if (to === -1) return { kind: 'rollback', chain: isChained(words) };
      return { kind: 'rollbackTo', name: savepointAt(sql, lexemes, to + 1) };
    }
    case 'savepoint':
      return { kind: 'savepoint', name: savepointAt(sql, lexemes, 1) };
    case 'release':
      return { kind: 'release', name: savepointAt(sql, lexemes, 1) };
    case 'prepare':
      // A prepared statement can have that name.
      return second === 'transaction' && words[2] !== 'as' && words[2] !== '('
        ? { kind: 'prepare' }
        : undefined;
    case 'xa':
      return { kind: 'xa' };
    default:
      return undefined;
  }
}

function isReadOnly(words: readonly string[]): boolean {
  return words.lastIndexOf('only') > words.lastIndexOf('write');
}

function isChained(words: readonly string[]): boolean {
  return words.some((word, at) => word === 'chain' && words[at - 1] !== 'no');
}

function savepointAt(sql: string, lexemes: readonly Lexeme[], at: number): string {
  const isOptional = lexemes[at]?.word === 'savepoint' && lexemes.length > at + 1;
  const lexeme = lexemes[isOptional ? at + 1 : at];
  return lexeme === undefined ? '' : nameOf(sql, lexeme);
}

/** What MySQL and MariaDB commit the open transaction for, besides DDL. */
const COMMITTING = new Set(
  'optimize repair check cache flush install uninstall lock unlock reset change stop start backup import'.split(
    ' ',
  ),
);

/** The statement for what MySQL and MariaDB commit the open transaction for without being told, or may do so. */
export function readImplicitCommit(
  sql: string,
  lexemes: readonly Lexeme[],
  family: SqlFamily,
  kind: StatementKind,
  settings: readonly string[],
): TransactionEffect | undefined {
  if (family !== 'mysql' || !commitsSilently(kind, lexemes, settings)) return undefined;
  const leaves = leftover(sql, lexemes, kind);
  return { kind: 'implicitCommit', ...(leaves && { leaves }) };
}

function commitsSilently(
  kind: StatementKind,
  lexemes: readonly Lexeme[],
  settings: readonly string[],
): boolean {
  const first = lexemes[0]?.word ?? '';
  switch (kind) {
    case 'unreadable':
    case 'call':
      return true;
    case 'ddl':
      return !(first === 'create' || first === 'drop') || !isTemporary(lexemes);
    case 'setting':
      return settings.some(name => isAutocommit(name) || /^password\b|^default role$/.test(name));
    default:
      return (
        COMMITTING.has(first) ||
        (first === 'analyze' && kind === 'other') ||
        (first === 'load' && lexemes[1]?.word === 'index')
      );
  }
}

/** `create or replace temporary table`; a temporary sequence commits, too. */
function isTemporary(lexemes: readonly Lexeme[]): boolean {
  const words = lexemes.slice(1, 5).map(({ word }) => word);
  const next = words[words.indexOf('temporary') + 1];
  return words.includes('temporary') && (next === 'table' || next === 'tables');
}

function leftover(sql: string, lexemes: readonly Lexeme[], kind: StatementKind): Leftover | undefined {
  const words = lexemes.map(({ word }) => word);
  switch (kind) {
    case 'unreadable':
      // What runs of it depends on the server, so that any word may be the first.
      return words.some(word => BEGINNING.has(word)) ? 'transaction' : undefined;
    case 'setting':
      return turnsOffAutocommit(sql, lexemes) ? 'transaction' : undefined;
    case 'other':
      return locks(words) ? 'lock' : undefined;
    default:
      return undefined;
  }
}

const BEGINNING = new Set(['begin', 'start', 'xa', 'autocommit']);

function locks(words: readonly string[]): boolean {
  const [first = '', second = ''] = words;
  switch (first) {
    case 'lock':
      return true;
    case 'flush':
      return words.includes('lock') || words.includes('export');
    case 'backup':
      return second === 'lock' || (second === 'stage' && words[2] !== 'end');
    default:
      return false;
  }
}
