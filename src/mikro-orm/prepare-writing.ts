import { writeCheckedAlone } from './concurrency-checks.ts';
import { orderClassTables } from './commit-order.ts';
import { countRows } from './counted-rows.ts';
import { emptyReferences } from './emptied-references.ts';
import { writeByFollowedKeys } from './followed-keys.ts';
import { keepGivenKeysOnce } from './given-keys.ts';
import { skipIdleHooks } from './idle-hooks.ts';
import { insertInRuns } from './insert-runs.ts';
import { writeKeysAlone } from './keys-alone.ts';
import { keepLateChanges } from './late-changes.ts';
import { keepLateFields } from './late-fields.ts';
import { keepLateLists } from './late-lists.ts';
import { leaveSides } from './leave-sides.ts';
import { writeReferencesLate } from './late-references.ts';
import { writeMappedKeys } from './mapped-keys.ts';
import type { SqlEm } from './orm.ts';
import { writeInTurns } from './turns.ts';
import { writeAssignedUniques } from './unique-updates.ts';
import { updateByTable } from './updates-by-table.ts';
import { keepUpsertedNulls } from './upserted-nulls.ts';

/**
 * Has an EntityManager write as a session does.
 *
 * @param isMissed whether a row that was to be deleted and is not there fails the flush
 * @param assignsInTurn whether an UPDATE of the database reads in one column what it has assigned to another
 */
export function prepareWriting(em: SqlEm, isMissed: () => boolean, assignsInTurn: boolean): void {
  if (assignsInTurn) writeKeysAlone(em);
  countRows(em, isMissed);
  writeAssignedUniques(em);
  keepUpsertedNulls(em);
  leaveSides(em);
  orderClassTables(em);
  insertInRuns(em);
  writeReferencesLate(em);
  updateByTable(em);
  writeByFollowedKeys(em);
  writeInTurns(em);
  writeMappedKeys(em);
  writeCheckedAlone(em);
  emptyReferences(em);
  keepLateChanges(em);
  keepLateFields(em);
  keepLateLists(em);
  keepGivenKeysOnce(em);
  skipIdleHooks(em);
}
