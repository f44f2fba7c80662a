import type { Lexeme } from './lexeme.ts';
import type { SqlFamily } from './token.ts';

/**
 * Whether ALTER TABLE, or ALTER TYPE, takes something away from every row: a column, the rows of a partition, or the
 * values that a column has, where PostgreSQL computes others.
 */
export function losesColumn(lexemes: readonly Lexeme[], family: SqlFamily): boolean {
  const words = lexemes.map(({ word }) => word);
  const table = words[1] === 'type' ? 1 : words.indexOf('table');
  if (table === -1 || table > 'alter online ignore'.split(' ').length) return false;
  let depth = 0;
  let isType = false;
  return words.some((word, at) => {
    if (word === '(') depth++;
    else if (word === ')') depth--;
    if (depth > 0 || at <= table + 1) return false;
    switch (word) {
      case ',':
        isType = false;
        return false;
      case 'type':
        isType = true;
        return false;
      case 'using':
        return isType;
      case 'truncate':
      case 'discard':
      case 'blackhole':
        return true;
      case 'drop':
        return !isOther(words, at, family);
      default:
        return false;
    }
  });
}

/** What DROP can take away besides columns and partitions; a column needs quotes to be called that. */
const OTHERS: Readonly<Record<SqlFamily, ReadonlySet<string>>> = {
  sqlite: new Set(['constraint', 'check', 'not', 'default']),
  postgresql: new Set(['constraint']),
  mysql: new Set(['constraint', 'check', 'index', 'key', 'primary', 'foreign', 'default']),
};

/** What PostgreSQL drops of a column that stays: `alter column title drop not null`. */
const PARTS = new Set(['default', 'not', 'expression', 'identity']);

function isOther(words: readonly string[], at: number, family: SqlFamily): boolean {
  const next = words[at + 1] ?? '';
  const isOfColumn = words[at - 2] === 'column' || words[at - 2] === 'alter';
  return OTHERS[family].has(next) || (isOfColumn && PARTS.has(next));
}
