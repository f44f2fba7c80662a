import type { ConditionAt } from './conditions.ts';
import type { Lexeme } from './lexeme.ts';
import type { SqlFamily } from './token.ts';

export interface Clauses {
  /** Whether rows, a table or a file is written. */
  readonly writes: boolean;
  /** Whether a file of the server is. */
  readonly writesFile: boolean;
  /** Whether an UPDATE, DELETE or MERGE has no condition, or the query of an INSERT that replaces or updates rows. */
  readonly everyRow: boolean;
  /** The conditions of each UPDATE and DELETE, and those besides in a MERGE that does one of these. */
  readonly conditions: readonly ConditionAt[];
}

/** A statement or a subquery: what stands between two parentheses. */
interface Level {
  /** Where its first lexeme is. */
  readonly start: number;
  isWith: boolean;
  writes: boolean;
  /** In parentheses `update` may be a column, until there is a SET. */
  mayUpdate: boolean;
  /** Where the verb is that was read last, and what it is. */
  verb: number;
  needsWhere: boolean;
  hasWhere: boolean;
  isMerge: boolean;
  /** Whether the verb is an INSERT that replaces or updates rows that are there. */
  replaces: boolean;
  /** What an INSERT takes its rows from; a query may also be in parentheses. */
  source: 'rows' | 'query' | undefined;
  /** Whether other rows are added to these. */
  isUnion: boolean;
  /** Where the condition begins that the WHEN that was read last has besides. */
  and: number | undefined;
  /** The conditions of a MERGE. */
  readonly merged: ConditionAt[];
  everyRow: boolean;
}

/**
 * Reads what a query does, also in its parentheses: PostgreSQL writes in a CTE. A verb counts where a statement can
 * begin: first, after `(`, and after the list of a WITH; a WHERE counts for the verb on its own level.
 *
 * @param from the number of the lexeme that the query begins with
 */
export function readClauses(lexemes: readonly Lexeme[], family: SqlFamily, from: number): Clauses {
  const levels: Level[] = [level(from)];
  let writes = false;
  let writesFile = false;
  let everyRow = false;
  const conditions: ConditionAt[] = [];
  const leave = () => {
    const left = levels.pop();
    if (left === undefined) return;
    conditions.push(...left.merged);
    everyRow ||= left.everyRow || lacksWhere(left);
  };
  for (let at = from; at < lexemes.length; at++) {
    const word = lexemes[at]?.word ?? '';
    if (word === '(') levels.push(level(at + 1));
    else if (word === ')') {
      leave();
      // One too many is an error of the server's.
      if (levels.length === 0) levels.push(level(at + 1));
    } else if (READ.has(word)) {
      const current = levels.at(-1);
      if (current === undefined) continue;
      if (word === 'into' && !isName(lexemes, at)) {
        // MySQL selects into variables, too.
        writes ||= lexemes[at + 1]?.kind !== 'parameter';
        writesFile ||= isFile(lexemes, at + 1);
      }
      readWord(current, lexemes, at, levels.length > 1, family);
      writes ||= current.writes;
      if (word === 'where' && current.hasWhere && current.needsWhere)
        conditions.push({ verb: current.verb, from: at + 1 });
    }
  }
  while (levels.length > 0) leave();
  return { writes, writesFile, everyRow, conditions };
}

/** After MySQL's `into outfile`, or SQLite's `vacuum into`. */
function isFile(lexemes: readonly Lexeme[], at: number): boolean {
  return lexemes[at]?.word === 'outfile' || lexemes[at]?.word === 'dumpfile' || lexemes[0]?.word === 'vacuum';
}

const VERBS = new Set(['insert', 'update', 'delete', 'merge', 'replace', 'truncate']);
const ROWS = new Set(['values', 'value', 'default', 'set']);
const QUERY = new Set(['select', 'table']);
const UNIONS = new Set(['union', 'except', 'intersect', 'minus']);
const READ = new Set([
  ...VERBS,
  ...ROWS,
  ...QUERY,
  ...UNIONS,
  'with',
  'where',
  'when',
  'and',
  'then',
  'into',
]);

function level(start: number): Level {
  return {
    start,
    isWith: false,
    writes: false,
    mayUpdate: false,
    verb: start,
    needsWhere: false,
    hasWhere: false,
    isMerge: false,
    replaces: false,
    source: undefined,
    isUnion: false,
    and: undefined,
    merged: [],
    everyRow: false,
  };
}

function readWord(
  current: Level,
  lexemes: readonly Lexeme[],
  at: number,
  isInner: boolean,
  family: SqlFamily,
): void {
  const word = lexemes[at]?.word ?? '';
  const isFirst = at === current.start;
  if (current.writes) readSource(current, lexemes, at, family);
  if (word === 'with') current.isWith ||= isFirst;
  else if (word === 'where') current.hasWhere ||= !isName(lexemes, at) && looksAtRows(lexemes, at + 1);
  else if (current.isMerge && !VERBS.has(word)) readMerge(current, lexemes, at);
  else if (word === 'set') {
    if (current.mayUpdate && !isName(lexemes, at)) begin(current, 'update', current.start);
  } else if (VERBS.has(word) && (isFirst || (current.isWith && isMainVerb(lexemes, at)))) {
    if (isInner && word === 'update') current.mayUpdate = true;
    else if (isVerb(lexemes, at, isInner, family)) begin(current, word, at);
  }
}

/** Whether a condition may name anything: `where true` and `where 1 = 1` leave no row out. */
function looksAtRows(lexemes: readonly Lexeme[], from: number): boolean {
  let depth = 0;
  for (let at = from; at < lexemes.length; at++) {
    const { kind, word } = lexemes[at] ?? { kind: 'symbol', word: '' };
    if (word === '(') depth++;
    else if (word === ')' && --depth < 0) return false;
    if (AFTER_WHERE.has(word)) return false;
    if (kind === 'parameter') return true;
    if ((kind === 'name' || (kind === 'word' && !CONSTANTS.has(word))) && !isFunctionOrType(lexemes, at))
      return true;
  }
  return false;
}

/** By itself, a function says nothing of the rows, nor does the type in `cast(1 as int)` or `1::int`. */
function isFunctionOrType(lexemes: readonly Lexeme[], at: number): boolean {
  return lexemes[at + 1]?.word === '(' || isName(lexemes, at, BEFORE_TYPE);
}

const BEFORE_TYPE = new Set([':', 'as']);
const AFTER_WHERE = new Set('returning order limit on group having window union then'.split(' '));
const CONSTANTS = new Set(
  (
    'true false null not and or is in like between exists select case when else end any all some array cast as interval ' +
    'distinct from unknown symmetric asymmetric ilike similar escape collate notnull isnull regexp rlike div xor binary ' +
    'overlaps current_date current_time current_timestamp current_user localtime localtimestamp'
  ).split(' '),
);

/** A level has one verb; where a name looks like another, each has to have its WHERE. */
function begin(current: Level, verb: string, at: number): void {
  current.verb = at;
  current.everyRow ||= lacksWhere(current) || verb === 'truncate';
  current.needsWhere = verb === 'update' || verb === 'delete';
  current.hasWhere = false;
  current.mayUpdate = false;
  current.isMerge = verb === 'merge';
  current.replaces = verb === 'replace';
  current.source = undefined;
  current.isUnion = false;
  current.writes = true;
}

/** Of a union, each query would need a condition. */
function lacksWhere({ needsWhere, hasWhere, replaces, source, isUnion }: Level): boolean {
  return (replaces && isUnion) || (!hasWhere && (needsWhere || (replaces && source !== 'rows')));
}

/** `insert or replace into`, and what comes after the rows: `on conflict … do update`, `on duplicate key update`. */
function readSource(current: Level, lexemes: readonly Lexeme[], at: number, family: SqlFamily): void {
  const word = lexemes[at]?.word ?? '';
  const before = lexemes[at - 1]?.word;
  if (UNIONS.has(word)) current.isUnion = true;
  // Also after what looks like rows, or is a table that is called `value`.
  else if (QUERY.has(word)) current.source = 'query';
  // PostgreSQL has it in `overriding user value`.
  else if (ROWS.has(word) && (word !== 'value' || family !== 'postgresql')) current.source ??= 'rows';
  else if (word === 'replace') current.replaces ||= before === 'or' && lexemes[at - 2]?.word === 'insert';
  else if (word === 'update' && (before === 'do' || before === 'key')) {
    current.replaces = true;
    current.source ??= 'query';
  }
}

function readMerge(current: Level, lexemes: readonly Lexeme[], at: number): void {
  const word = lexemes[at]?.word;
  if (word === 'when') current.and = undefined;
  else if (word === 'and') current.and ??= looksAtRows(lexemes, at + 1) ? at + 1 : undefined;
  else if (word === 'then' && ['update', 'delete'].includes(lexemes[at + 1]?.word ?? '')) {
    if (current.and === undefined) current.everyRow = true;
    else current.merged.push({ verb: current.verb, from: current.and });
  }
}

/** What stands before a word that is a name. */
const BEFORE_NAME = new Set(['.', ':', 'as']);
/** What stands before a word that begins no statement; only words that no database takes for a name. */
const BEFORE_OTHER = new Set([...BEFORE_NAME, ',', 'or', 'with', 'from', 'join', 'for', 'do', 'then']);
/** The same, of several words. */
const PHRASES_BEFORE = [
  ['with', 'recursive'],
  ['for', 'no', 'key'],
  ['duplicate', 'key'],
];

function isName(lexemes: readonly Lexeme[], at: number, before = BEFORE_NAME): boolean {
  return before.has(lexemes[at - 1]?.word ?? '');
}

function isMainVerb(lexemes: readonly Lexeme[], at: number): boolean {
  if (BEFORE_OTHER.has(lexemes[at - 1]?.word ?? '')) return false;
  return !PHRASES_BEFORE.some(phrase =>
    phrase.every((word, index) => lexemes[at - phrase.length + index]?.word === word),
  );
}

/** In parentheses there are functions and columns of the same names. */
function isVerb(lexemes: readonly Lexeme[], at: number, isInner: boolean, family: SqlFamily): boolean {
  const word = lexemes[at]?.word ?? '';
  const next = lexemes[at + 1]?.word ?? '';
  if (next === '(') return word === 'update' && family === 'mysql' && !isInner;
  if (!isInner) return true;
  switch (word) {
    case 'delete':
      return next === 'from';
    case 'insert':
    case 'merge':
      return next === 'into' || family !== 'postgresql';
    default:
      return false;
  }
}
