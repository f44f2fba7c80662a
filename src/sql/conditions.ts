import { type Declared, NOTHING_DECLARED } from './declared.ts';
import { type Lexeme, nameOf } from './lexeme.ts';
import type { SqlFamily } from './token.ts';
import { writtenTables } from './written-tables.ts';

/** Where the verb of an UPDATE, DELETE or MERGE is, and where the condition of its WHERE or WHEN begins, as numbers of lexemes. */
export interface ConditionAt {
  readonly verb: number;
  readonly from: number;
}

/** @returns the same in a text that has more lexemes before it */
export function movedBy(lexemes: number, { verb, from }: ConditionAt): ConditionAt {
  return { verb: verb + lexemes, from: from + lexemes };
}

/** What the condition of an UPDATE, DELETE or MERGE names. */
export interface Condition {
  /** The tables that it is about, in lower case and without their schemas, each with the names that stand for it. */
  readonly tables: readonly { readonly name: string; readonly alias: string }[];
  /** Which column is written, in lower case, where that tells which of these tables is. */
  readonly column?: string;
  /**
   * What may be columns, in lower case; in subqueries, which have tables of their own, only with a qualifier that none of
   * these can be.
   */
  readonly names: readonly { readonly qualifier?: string; readonly name: string }[];
}

/** @param declared what is no column of the table, though it may be called like one */
export function readConditions(
  sql: string,
  lexemes: readonly Lexeme[],
  places: readonly ConditionAt[],
  family: SqlFamily,
  declared: Declared = NOTHING_DECLARED,
): readonly Condition[] {
  return places.flatMap(({ verb, from }) => {
    const names = namesIn(sql, lexemes.slice(from)).filter(isColumn(declared));
    const written = family === 'mysql' ? writtenTables(sql, lexemes.slice(verb, from - 1)) : undefined;
    if (written === undefined)
      return [{ tables: tablesIn(sql, lexemes.slice(verb + 1, from - 1), family), names }];
    const joined = lexemes.slice(verb + written.from, from - 1);
    const tables = tablesIn(sql, joined, family);
    const all = [...names, ...namesInJoins(sql, joined).filter(isColumn(declared))];
    return [
      ...written.aliases.map(target => ({
        tables: tables.filter(({ alias }) => alias === target),
        names: all,
      })),
      ...written.columns.map(column => ({ tables, column, names: all })),
    ];
  });
}

/** What the conditions of joins name with a qualifier. In parentheses there may be a query with tables of its own. */
function namesInJoins(sql: string, lexemes: readonly Lexeme[]): Condition['names'] {
  let depth = 0;
  return lexemes.flatMap(({ word }, at) => {
    if (word === '(') depth++;
    else if (word === ')') depth--;
    const isOn = word === 'on' && depth === 0;
    return isOn ? namesIn(sql, lexemes.slice(at + 1)).filter(({ qualifier }) => qualifier !== undefined) : [];
  });
}

/** What may be a column, and not a parameter or a variable. */
function isColumn(declared: Declared): (name: Condition['names'][number]) => boolean {
  return ({ qualifier, name }) => !declared.has(qualifier ?? name);
}

/** Several tables are written by MySQL only; elsewhere those that follow are read, and restrict nothing by themselves. */
function tablesIn(sql: string, lexemes: readonly Lexeme[], family: SqlFamily): Condition['tables'] {
  const tables: { name: string; alias: string }[] = [];
  for (let at = 0; at < lexemes.length; at++) {
    if (lexemes[at]?.word === 'set') break;
    if (!isName(lexemes[at]) || BEFORE_TABLE.has(lexemes[at]?.word ?? '')) continue;
    while (lexemes[at + 1]?.word === '.') at += 2;
    const name = spelled(sql, lexemes[at]);
    // What stands before an alias in PostgreSQL, where a table is meant with those that inherit from it.
    const next = lexemes[at + 1]?.word === '*' ? at + 2 : at + 1;
    const aliasAt = lexemes[next]?.word === 'as' ? next + 1 : next;
    const alias = lexemes[aliasAt];
    const hasAlias = isName(alias) && !AFTER_TABLE.has(alias?.word ?? '');
    tables.push({ name, alias: hasAlias ? spelled(sql, alias) : name });
    if (family !== 'mysql') break;
    if (hasAlias) at = aliasAt;
  }
  return tables;
}

const BEFORE_TABLE = new Set(
  'low_priority quick ignore or abort fail rollback replace into from only using join left right inner outer cross natural straight_join on as and'.split(
    ' ',
  ),
);
const AFTER_TABLE = new Set([
  ...BEFORE_TABLE,
  ...'set where for partition use force not indexed history order limit returning'.split(' '),
]);

function namesIn(sql: string, lexemes: readonly Lexeme[]): Condition['names'] {
  const names: { qualifier?: string; name: string }[] = [];
  const inner: { qualifier: string; name: string }[] = [];
  /** The names that stand by themselves in subqueries, or at the end of one: they may be tables and aliases. */
  const hidden = new Set<string>();
  /** What each parenthesis that is open holds, or is in. */
  const open: Inside[] = [];
  for (const [at, lexeme] of lexemes.entries()) {
    const next = lexemes[at + 1];
    if (lexeme.word === '(') {
      open.push(openedAt(lexemes, at, open.at(-1)));
    } else if (lexeme.word === ')' && open.pop() === undefined) break;
    if (open.length === 0 && AFTER_WHERE.has(lexeme.word)) break;
    const isInner = open.at(-1) === 'subquery';
    if (isInner && next?.word !== '.') hidden.add(unquoted(sql, lexeme));
    const before = lexemes[at - 1]?.word ?? '';
    // A function, a part of a name that goes on, `date '2020-01-01'`, `1::int`, `cast(1 as int)`.
    if (!isName(lexeme) || next?.word === '(' || next?.word === '.' || next?.kind === 'string') continue;
    if (NO_COLUMN_AFTER.has(before) || isVariable(lexemes, at) || open.at(-1) === 'no row') continue;
    const name = spelled(sql, lexeme);
    if (before === '.') (isInner ? inner : names).push({ qualifier: spelled(sql, lexemes[at - 2]), name });
    else if (!isInner) names.push({ name });
  }
  return [...names, ...inner.filter(({ qualifier }) => !hidden.has(qualifier))];
}

type Inside = 'condition' | 'subquery' | 'no row';

function openedAt(lexemes: readonly Lexeme[], open: number, outer: Inside = 'condition'): Inside {
  if (outer === 'no row' || NO_ROW_IN.has(lexemes[open - 1]?.word ?? '')) return 'no row';
  return startsQuery(lexemes, open) ? 'subquery' : outer;
}

/** Whether a parenthesis holds a subquery, which may be in further ones: `((select 1) union select id from post)`. */
function startsQuery(lexemes: readonly Lexeme[], open: number): boolean {
  let at = open;
  while (lexemes[at]?.word === '(') at++;
  return QUERY.has(lexemes[at]?.word ?? '');
}

/** The rest of MySQL's ``@`name` ``. */
function isVariable(lexemes: readonly Lexeme[], at: number): boolean {
  const before = lexemes[at - 1];
  return before?.kind === 'parameter' && before.end === lexemes[at]?.start;
}

/** Also of a string, which SQLite and MySQL take for an alias. */
function unquoted(sql: string, lexeme: Lexeme): string {
  const text = sql.slice(lexeme.start, lexeme.end);
  return (
    lexeme.kind === 'string' ? text.slice(text.search(/['"]/) + 1, -1) : nameOf(sql, lexeme)
  ).toLowerCase();
}

const QUERY = new Set(['select', 'with', 'values', 'table']);
const AFTER_WHERE = new Set('set returning order limit on group having window union then'.split(' '));
/** What MySQL has for a column whatever row it is. */
const NO_ROW_IN = new Set(['default', 'values']);
const NO_COLUMN_AFTER = new Set([':', 'as', 'collate', '@']);

function isName(lexeme: Lexeme | undefined): boolean {
  return lexeme?.kind === 'word' || lexeme?.kind === 'name';
}

function spelled(sql: string, lexeme: Lexeme | undefined): string {
  return lexeme === undefined ? '' : nameOf(sql, lexeme).toLowerCase();
}
