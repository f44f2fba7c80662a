import type { Condition } from '../../sql/conditions.ts';
import { type Definition, readCode } from '../../sql/definition.ts';
import type { SqlStatement } from '../../sql/statement.ts';
import { losingFunction } from './lasting-functions.ts';
import { NAMING, READABLE_LANGUAGES } from './undoable.ts';

/**
 * Whether a statement of PostgreSQL may take rows away that its text does not name, now or when something calls what it
 * defines: by a function, by the code of a routine, or by way of the system's tables.
 */
export function losesRows(
  { functions, kind, writes, text }: SqlStatement,
  leavesRows: (condition: Condition) => boolean,
): boolean {
  if (losingFunction(functions) !== undefined) return true;
  if (kind !== 'ddl' && !(writes && /pg_/i.test(text))) return false;
  const code = readCode(text);
  return (
    code.writesCatalog ||
    code.losesRows ||
    !code.conditions.every(leavesRows) ||
    code.functions.includes('execute') ||
    losingFunction(code.functions) !== undefined ||
    code.definitions.some(hides)
  );
}

/** Whether a definition gives a function another name, or has code that cannot be read. */
function hides({ what, languages, names }: Definition): boolean {
  return (
    languages.some(language => !READABLE_LANGUAGES.has(language)) ||
    (NAMING.has(what) && losingFunction(names) !== undefined)
  );
}
