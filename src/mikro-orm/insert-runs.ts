import type { ChangeSet, EntityMetadata, EntityProperty } from '@mikro-orm/core';
import { isSpread } from './class-tables.ts';
import type { SqlEm } from './orm.ts';
import { perClass } from './per-class.ts';
import { replaceMethod } from './replace-method.ts';

type Insert = (
  changes: readonly ChangeSet<object>[],
  options: unknown,
  /** Whether they are of one schema; where MikroORM does not know that, it calls itself for each. */
  isOfSchema?: boolean,
) => Promise<void>;

/**
 * Writes new rows that leave other columns to the database than the one before in a statement of their own. MikroORM names the
 * columns of all rows in one, in which SQLite has no word for a default, and takes over what the first row has left alone: the
 * others would lack their keys. The rows stay in their order, so that their keys do.
 */
export function insertInRuns(em: SqlEm): void {
  const persister = em.getUnitOfWork().getChangeSetPersister();
  replaceMethod<Insert>(persister, 'executeInserts', insert => async (changes, options, isOfSchema) => {
    const runs = isOfSchema === true ? [changes] : runsOf(changes);
    for (const run of runs) await insert(run, options, isOfSchema);
  });
}

function runsOf(changes: readonly ChangeSet<object>[]): ChangeSet<object>[][] {
  const runs: ChangeSet<object>[][] = [];
  let run: ChangeSet<object>[] = [];
  let before: ChangeSet<object> | undefined;
  for (const change of changes) {
    if (before !== undefined && leaveSame(before, change)) run.push(change);
    else runs.push((run = [change]));
    before = change;
  }
  return runs;
}

/** Whether two rows of a table leave the same columns to the database, and are of one class where that has such a column. */
function leaveSame(one: ChangeSet<object>, other: ChangeSet<object>): boolean {
  const { meta, payload } = one;
  const props = fillable(tableOf(meta));
  if (meta !== other.meta && props !== fillable(tableOf(other.meta))) return false;
  for (const prop of props) {
    const isLeft = Reflect.get(payload, prop.name) === undefined;
    if (isLeft !== (Reflect.get(other.payload, prop.name) === undefined)) return false;
    // The class of the table has the properties of its subclasses, and is not filled with them.
    if (isLeft && prop.inherited && meta !== other.meta) return false;
  }
  return true;
}

function tableOf(meta: EntityMetadata): EntityMetadata {
  return isSpread(meta) ? meta : meta.root;
}

/** The properties that the database has a value for. */
const fillable = perClass((meta): readonly EntityProperty[] =>
  meta.props.filter(prop => prop.defaultRaw !== undefined || prop.autoincrement),
);
