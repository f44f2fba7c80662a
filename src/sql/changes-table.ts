import { kindOf } from './keywords.ts';
import { nameOf } from './lexeme.ts';
import { splitAtSemicolons } from './pieces.ts';
import type { SqlFamily } from './token.ts';

/**
 * Whether a text creates, alters or drops something that has to do with one of these tables.
 *
 * @param tables their names in lower case, without schemas
 */
export function changesTable(sql: string, family: SqlFamily, tables: ReadonlySet<string>): boolean {
  return splitAtSemicolons(sql, family).some(({ lexemes }) => {
    if (kindOf(family, lexemes[0]?.word ?? '') !== 'ddl') return false;
    // Everything in a schema goes with it.
    const isSchema = lexemes[0]?.word === 'drop' && WHOLE.has(lexemes[1]?.word ?? '');
    return isSchema || lexemes.some(lexeme => tables.has(nameOf(sql, lexeme).toLowerCase()));
  });
}

const WHOLE = new Set(['schema', 'database', 'owned']);
