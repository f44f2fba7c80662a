import type { Lexeme } from './lexeme.ts';
import type { SqlFamily } from './token.ts';

/**
 * Whether ALTER TABLE, or ALTER TYPE, takes something away from every row: a column, the rows of a partition, also where
 * they are kept outside of the table, or the
 * values that a column has, where others are computed from them, or they are made to fit another type.
 */
export function losesColumn(lexemes: readonly Lexeme[], family: SqlFamily): boolean {
  const words = lexemes.map(({ word }) => word);
  const table = words[1] === 'type' ? 1 : words.indexOf('table');
  if (table === -1 || table > 'alter online ignore'.split(' ').length) return false;
  // What does not fit any more is deleted, or made to fit.
  if (words.slice(1, table).includes('ignore')) return true;
  let depth = 0;
  return words.some((word, at) => {
    if (word === '(') depth++;
    else if (word === ')') depth--;
    if (depth > 0 || at <= table + 1) return false;
    switch (word) {
      case 'type':
        return isNewType(words, at) && !takesAnyValue(words, at + 1);
      case 'expression':
        return words[at - 1] === 'set';
      case 'truncate':
      case 'discard':
      case 'blackhole':
        return true;
      case 'modify':
      case 'change':
      case 'convert':
      case 'exchange':
        return family === 'mysql';
      case 'detach':
        return words[at + 1] === 'partition';
      case 'drop':
        return !isOther(words, at, family);
      default:
        return false;
    }
  });
}

/** Whether a word is the TYPE of `alter column title type text` and its like, and not a name. */
function isNewType(words: readonly string[], at: number): boolean {
  const [before, previous] = [words[at - 1] ?? '', words[at - 2] ?? ''];
  if (before === 'column') return false;
  return ['alter', 'column', 'attribute'].includes(previous) || (before === 'data' && previous === 'set');
}

/** Whether a type keeps every value as it is written: others round, cut off, or take it for another one. */
function takesAnyValue(words: readonly string[], at: number): boolean {
  const end = words.findIndex((word, index) => index > at && (word === ',' || word === 'using'));
  return words[at] === 'text' && words[at + 1] !== '[' && (end === -1 || words[end] === ',');
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
