import type { SqlStatement } from '../../sql/statement.ts';
import { mayDeleteAll } from './full-text-command.ts';

/**
 * Whether a statement of SQLite may take rows away that its text does not name: by the table of all tables, with which a
 * table is gone, or by a command to a full-text table, now or in a trigger.
 */
export function losesRows({ settings, text }: SqlStatement): boolean {
  if (settings.some(name => /(?:^|\.)writable_schema$/.test(name))) return true;
  return /\binto\b/i.test(text) && mayDeleteAll(text);
}
