import type { SqlStatement } from '../../sql/statement.ts';
import { isSettingOf } from '../project-setting.ts';
import { cannotUndo } from '../cannot-undo.ts';
import { SETTINGS } from './settings.ts';

/** What loads or calls other statements may commit. */
const REFUSED = new Set(['load', 'import', 'call', 'execute', 'prepare']);

/** @throws MikroscopeError `CannotUndo` for a statement that a ROLLBACK would not undo */
export function assertUndoable(statement: SqlStatement): void {
  const { kind, keyword, settings, functions, qualifiers } = statement;
  const isSetting =
    isSettingOf(SETTINGS, statement) || (keyword === 'set' && settings.join() === 'foreign_key_checks');
  const isKnown = kind === 'read' || kind === 'write' || kind === 'transaction' || isSetting;
  if (!isKnown || REFUSED.has(keyword) || statement.writesFile) throw cannotUndo(keyword);
  // MariaDB's sequences know no transactions, and neither do the server's own tables.
  const drawn = ['setval', 'nextval'].find(name => functions.includes(name));
  if (drawn !== undefined) throw cannotUndo(`${drawn}()`);
  if (statement.writes && qualifiers.includes('mysql')) throw cannotUndo('a write to mysql.*');
}
