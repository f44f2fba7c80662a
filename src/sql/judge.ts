import { type Clauses, readClauses } from './clauses.ts';
import { movedBy } from './conditions.ts';
import { changesData, kindOf, losesOthersWork, type StatementKind } from './keywords.ts';
import type { Lexeme } from './lexeme.ts';
import { isBlock } from './routine-body.ts';
import { writesFilePragma } from './settings.ts';
import { losesColumn } from './alter-table.ts';
import type { SqlFamily } from './token.ts';
import type { TransactionEffect } from './transaction-effect.ts';

/** What a statement does, at worst. */
export interface Judgement extends Clauses {
  readonly kind: StatementKind;
  readonly transaction?: TransactionEffect;
}

export const UNREADABLE: Judgement = {
  kind: 'unreadable',
  writes: true,
  writesFile: true,
  everyRow: true,
  conditions: [],
};
const READING: Judgement = {
  kind: 'read',
  writes: false,
  writesFile: false,
  everyRow: false,
  conditions: [],
};
const UNSEEN: Judgement = { ...UNREADABLE, kind: 'call' };

/** @param transaction what the statement means for its transaction, if that has been read */
export function judge(
  lexemes: readonly Lexeme[],
  keyword: string,
  family: SqlFamily,
  transaction: TransactionEffect | undefined,
): Judgement {
  if (family === 'mysql' && isBlock(lexemes)) return UNSEEN;
  if (transaction !== undefined) return { ...READING, kind: 'transaction', transaction };
  switch (keyword) {
    case 'explain':
    case 'describe':
    case 'desc':
      return explained(lexemes, family);
    case 'analyze':
      return analyzed(lexemes, family);
    case 'prepare':
      return prepared(lexemes, family);
    case 'copy':
      return copied(lexemes, family);
    case 'set':
      // MariaDB's `set statement … for` runs another statement.
      return family === 'mysql' && lexemes[1]?.word === 'statement' ? UNSEEN : plain(lexemes, 0, family);
    default:
      return plain(lexemes, 0, family);
  }
}

/** A statement that does not contain another one. */
function plain(lexemes: readonly Lexeme[], from: number, family: SqlFamily): Judgement {
  let first = from;
  while (lexemes[first]?.word === '(') first++;
  const keyword = lexemes[first]?.word ?? '';
  const kind = kindOf(family, keyword);
  switch (kind) {
    // What begins or ends a transaction was read as that before.
    case 'transaction':
      return family === 'mysql' && keyword === 'start'
        ? { ...READING, kind: 'other', writes: true }
        : UNREADABLE;
    case 'unreadable':
      return UNREADABLE;
    case 'call':
      return UNSEEN;
    case 'ddl':
      return defined(lexemes, from, family);
    default: {
      const clauses = readClauses(lexemes, family, from);
      return {
        ...clauses,
        everyRow: clauses.everyRow || losesOthersWork(kind, keyword, family),
        kind: kind === 'read' && clauses.writes ? 'write' : kind,
        writes:
          clauses.writes ||
          changesData(kind, keyword, family) ||
          (keyword === 'pragma' && writesFilePragma(lexemes)),
      };
    }
  }
}

/** DDL, with what the routine does that it may define. */
function defined(lexemes: readonly Lexeme[], from: number, family: SqlFamily): Judgement {
  const later = readLater(lexemes, from, family);
  return {
    ...READING,
    kind: 'ddl',
    writes: true,
    everyRow: later.everyRow || replacesTables(lexemes, from, family),
    conditions: later.conditions,
  };
}

/** EXPLAIN runs nothing unless it is to ANALYZE, which may be in quotes; SQLite's never runs anything. */
function explained(lexemes: readonly Lexeme[], family: SqlFamily): Judgement {
  const at = queryAfter(lexemes);
  // MySQL describes tables with the same words.
  if (at === -1) return family === 'mysql' ? READING : UNREADABLE;
  const runs = lexemes
    .slice(1, at)
    .some(({ kind, word }) => kind === 'name' || word === 'analyze' || word === 'analyse');
  return runs && family !== 'sqlite' ? plain(lexemes, at, family) : READING;
}

/** MariaDB runs the statement that it analyzes. */
function analyzed(lexemes: readonly Lexeme[], family: SqlFamily): Judgement {
  const isAboutTable = MAINTENANCE.has(lexemes[1]?.word ?? '');
  const at = family === 'mysql' && !isAboutTable ? queryAfter(lexemes) : 0;
  return plain(lexemes, Math.max(0, at), family);
}

const MAINTENANCE = new Set(['table', 'tables', 'local', 'no_write_to_binlog']);

/** MySQL prepares a string, and nothing happens before EXECUTE. */
function prepared(lexemes: readonly Lexeme[], family: SqlFamily): Judgement {
  if (family === 'mysql') return { ...READING, kind: 'prepare', writes: true };
  const as = lexemes.findIndex(({ word }) => word === 'as');
  if (as === -1 || family === 'sqlite') return UNREADABLE;
  const judged = plain(lexemes, as + 1, family);
  return judged.kind === 'unreadable' ? UNREADABLE : { ...judged, kind: 'prepare' };
}

/** COPY takes a query, which may write, or a table, and copies to a file of the server, to a program or to us. */
function copied(lexemes: readonly Lexeme[], family: SqlFamily): Judgement {
  if (family !== 'postgresql') return UNREADABLE;
  const clauses = readClauses(lexemes, family, 1);
  const to = lexemes.findLastIndex(({ word }) => word === 'to');
  const writesFile = to !== -1 && lexemes[to + 1]?.word !== 'stdout';
  const isInput = lexemes[1]?.word !== '(' && lexemes.some(({ word }) => word === 'from');
  return clauses.writes || writesFile || isInput
    ? { ...clauses, kind: 'write', writes: true, writesFile }
    : READING;
}

/** Where a query begins after the keyword, past the options in parentheses that may precede it; -1 where there is none. */
function queryAfter(lexemes: readonly Lexeme[]): number {
  for (let at = 1; at < lexemes.length; at++) {
    let first = at;
    while (lexemes[first]?.word === '(') first++;
    if (QUERY.has(lexemes[first]?.word ?? '')) return at;
    if (first > at) at = closingOf(lexemes, at);
  }
  return -1;
}

const QUERY = new Set(
  'select with values table insert update delete merge replace execute create declare refresh'.split(' '),
);

function closingOf(lexemes: readonly Lexeme[], open: number): number {
  let depth = 0;
  for (let at = open; at < lexemes.length; at++) {
    if (lexemes[at]?.word === '(') depth++;
    else if (lexemes[at]?.word === ')' && --depth === 0) return at;
  }
  return lexemes.length;
}

/** What has rows, or is a part of what has: an extension has tables of its own. */
const TABLES = new Set('table tables view materialized sequence schema database owned extension'.split(' '));

/** Whether DDL takes away the rows of a table, or creates one from a query that does. */
function replacesTables(lexemes: readonly Lexeme[], from: number, family: SqlFamily): boolean {
  const words = lexemes.slice(from, from + HEAD_LENGTH).map(({ word }) => word);
  const [first, second = '', third = ''] = words;
  switch (first) {
    case 'truncate':
      return true;
    case 'alter':
      return losesColumn(lexemes.slice(from), family) || (family === 'mysql' && altersEvent(lexemes, from));
    case 'refresh':
      return lexemes.at(-2)?.word === 'no' && lexemes.at(-1)?.word === 'data';
    case 'drop':
      // A column goes with its type, or with the function that computes it.
      return (
        TABLES.has(second) ||
        (second === 'foreign' && third === 'table') ||
        lexemes.at(-1)?.word === 'cascade'
      );
    case 'create':
      return (
        (family === 'mysql' && second === 'or' && words[3] === 'table') ||
        readClauses(lexemes, family, lexemes.findIndex(({ word }) => word === 'as') + 1).everyRow
      );
    default:
      return false;
  }
}

const HEAD_LENGTH = 4;

/** What it does then, or when, or whether at all: none of this was asked about where the event was created. */
function altersEvent(lexemes: readonly Lexeme[], from: number): boolean {
  const words = lexemes.slice(from + 1, from + ROUTINE_HEAD_LENGTH).map(({ word }) => word);
  return words[0] === 'event' || (words[0] === 'definer' && words.includes('event'));
}

const ROUTINES = new Set('trigger event function procedure package rule'.split(' '));
/** `create or replace definer = 'a'@'b' aggregate function` */
const ROUTINE_HEAD_LENGTH = 12;

/** What the statements in the body of a routine do. */
export type Later = Pick<Clauses, 'everyRow' | 'conditions'>;

/** What is defined that runs later. What comes after that may be taken for a part of it, and runs at once. */
function readLater(lexemes: readonly Lexeme[], from: number, family: SqlFamily): Later {
  const head = lexemes.slice(from, from + ROUTINE_HEAD_LENGTH);
  const isRoutine = head[0]?.word === 'create' && head.some(({ word }) => ROUTINES.has(word));
  return isRoutine ? readBody(lexemes, family) : { everyRow: false, conditions: [] };
}

/** Reads the statements in the body of a routine: whether one writes every row of a table, or drops one, and their conditions. */
export function readBody(lexemes: readonly Lexeme[], family: SqlFamily): Later {
  const all = [...lexemes.keys()]
    .filter(at => isVerbInBody(lexemes, at, family))
    .flatMap((at): Later[] => {
      const end = lexemes.findIndex(({ kind }, index) => index > at && kind === 'semicolon');
      const statement = lexemes.slice(at, end === -1 ? undefined : end);
      const { kind, everyRow, conditions } = judge(statement, statement[0]?.word ?? '', family, undefined);
      if (kind === 'unreadable') return [];
      return [{ everyRow, conditions: conditions.map(each => movedBy(at, each)) }];
    });
  return {
    everyRow: all.some(({ everyRow }) => everyRow),
    conditions: all.flatMap(({ conditions }) => conditions),
  };
}

/** The verbs of what may write every row, and what stands before them where they are events, locks or clauses. */
const VERBS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    alter: '',
    call: '',
    delete: 'after before of or on',
    drop: '',
    execute: 'grant revoke ,',
    insert: 'after before of or on',
    kill: '',
    merge: '',
    purge: '',
    replace: 'or',
    reset: '',
    shutdown: '',
    truncate: 'or on',
    update: 'after before of or on for key',
    with: '',
  }).map(([verb, before]) => [verb, new Set(before.split(' ').filter(each => each !== ''))]),
);

function isVerbInBody(lexemes: readonly Lexeme[], at: number, family: SqlFamily): boolean {
  const word = lexemes[at]?.word ?? '';
  const next = lexemes[at + 1]?.word;
  if (VERBS.get(word)?.has(lexemes[at - 1]?.word ?? '') !== false) return false;
  // PostgreSQL's triggers execute a function; what EXECUTE is in a body is read elsewhere.
  if (word === 'execute' && family !== 'mysql') return false;
  // There are functions of these names, and `do update set` is a clause.
  return word === 'update' ? next !== 'set' : next !== '(';
}
