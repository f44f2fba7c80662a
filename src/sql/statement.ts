import { type Condition, readConditions } from './conditions.ts';
import { readDeclared } from './declared.ts';
import { judge, UNREADABLE } from './judge.ts';
import type { Lexeme } from './lexeme.ts';
import type { StatementKind } from './keywords.ts';
import { type Piece, splitAtSemicolons } from './pieces.ts';
import { readFunctions, readQualifiers, readTarget, type TableName } from './names.ts';
import { readSettings } from './settings.ts';
import type { SqlFamily } from './token.ts';
import { readImplicitCommit, readTransaction, type TransactionEffect } from './transaction-effect.ts';

/** What the text of one statement says. Where it leaves open what happens, this says the worst. */
export interface SqlStatement {
  /** From its first word to its last, without the `;`. */
  readonly text: string;
  /** Its first word, in lower case; `''` where it begins with none. */
  readonly keyword: string;
  readonly kind: StatementKind;
  /** Whether it changes, or may change, rows, tables or files; what the functions do that it calls does not count. */
  readonly writes: boolean;
  /** Whether it commits, or may commit, a part of what it does before the rest, outside of a transaction. */
  readonly commitsParts: boolean;
  /** Whether it writes, or may write, a file of the server's. */
  readonly writesFile: boolean;
  /**
   * Whether it writes, or may write, every row of a table, or drops tables or columns. A WHERE counts unless it is plain
   * that it names nothing, and so do the rows of an INSERT, also where they replace or update others.
   */
  readonly everyRow: boolean;
  /** What the condition of each UPDATE, DELETE and MERGE in it names: one that names no column leaves no row out. */
  readonly conditions: readonly Condition[];
  readonly transaction?: TransactionEffect;
  /** What SET, RESET, USE or PRAGMA sets, in lower case. */
  readonly settings: readonly string[];
  /** The functions that it calls, in lower case and without their schemas. */
  readonly functions: readonly string[];
  /** What stands before a `.` in its names, in lower case: schemas, tables and aliases. */
  readonly qualifiers: readonly string[];
  /** The table that it writes. */
  readonly target?: TableName;
}

/**
 * Reads SQL text, statement by statement. It never throws: what has no certain meaning, such as a string without an end,
 * is `unreadable`, and then both `writes` and `everyRow`.
 *
 * @example
 * readStatements('with x as (select 1) delete from post', 'postgresql')[0]?.everyRow; // true
 */
export function readStatements(sql: string, family: SqlFamily): readonly SqlStatement[] {
  if (last.sql !== sql || last.family !== family)
    last = { sql, family, statements: splitAtSemicolons(sql, family).map(piece => read(sql, piece, family)) };
  return last.statements;
}

/** Several parts of the program ask about a statement on its way to the database. */
let last: { sql: string; family: SqlFamily; statements: readonly SqlStatement[] } = {
  sql: '',
  family: 'sqlite',
  statements: [],
};

function read(sql: string, { lexemes, isFlawed }: Piece, family: SqlFamily): SqlStatement {
  const start = Math.max(
    0,
    lexemes.findIndex(({ word }) => word !== '('),
  );
  const keyword = lexemes[start]?.kind === 'word' ? lexemes[start].word : '';
  const { transaction, conditions, ...judgement } = isFlawed
    ? UNREADABLE
    : judge(lexemes, keyword, family, readTransaction(sql, lexemes, family));
  const settings = judgement.kind === 'setting' ? readSettings(sql, lexemes, family) : [];
  const effect = transaction ?? readImplicitCommit(sql, lexemes, family, judgement.kind, settings);
  const target = readTarget(sql, lexemes, start);
  return {
    text: sql.slice(lexemes[0]?.start ?? 0, lexemes.at(-1)?.end ?? 0),
    keyword,
    ...judgement,
    commitsParts: commitsParts(lexemes, judgement.kind, family),
    ...(effect && { transaction: effect }),
    settings,
    // Few ask for these, and in a long list of values they take as long as all the rest.
    get conditions() {
      const declared = judgement.kind === 'ddl' ? readDeclared(sql, lexemes) : undefined;
      return readConditions(sql, lexemes, conditions, family, declared);
    },
    get functions() {
      return readFunctions(sql, lexemes, family);
    },
    get qualifiers() {
      return readQualifiers(sql, lexemes);
    },
    ...(target && { target }),
  };
}

/** Code of the server's can commit; and PostgreSQL changes an index or a partition CONCURRENTLY in several transactions. */
function commitsParts(lexemes: readonly Lexeme[], kind: StatementKind, family: SqlFamily): boolean {
  if (kind === 'call' || kind === 'other' || kind === 'unreadable') return true;
  return (
    kind === 'ddl' &&
    family === 'postgresql' &&
    lexemes[0]?.word !== 'refresh' &&
    lexemes.some(({ word }) => word === 'concurrently')
  );
}
