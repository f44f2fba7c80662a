import type { ChangeSet, EntityMetadata, EntityProperty } from '@mikro-orm/core';
import { isSpread } from './class-tables.ts';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

type Insert = (changes: readonly ChangeSet<object>[], ...rest: unknown[]) => Promise<void>;

/**
 * Writes new rows that leave other columns to the database than the one before in a statement of their own. MikroORM names the
 * columns of all rows in one, in which SQLite has no word for a default, and takes over what the first row has left alone: the
 * others would lack their keys. The rows stay in their order, so that their keys do.
 */
export function insertInRuns(em: SqlEm): void {
  const persister = em.getUnitOfWork().getChangeSetPersister();
  replaceMethod<Insert>(persister, 'executeInserts', insert => async (changes, ...rest) => {
    for (const run of runsOf(changes)) await insert(run, ...rest);
  });
}

function runsOf(changes: readonly ChangeSet<object>[]): ChangeSet<object>[][] {
  const runs: ChangeSet<object>[][] = [];
  let before: string | undefined;
  for (const change of changes) {
    const left = leftToDatabase(change);
    if (left === before) runs.at(-1)?.push(change);
    else runs.push([change]);
    before = left;
  }
  return runs;
}

/** What tells rows apart that cannot be in one statement: the columns that they leave, and the class that has such a column. */
function leftToDatabase({ meta, payload }: ChangeSet<object>): string {
  const left = fillable(isSpread(meta) ? meta : meta.root).filter(
    ({ name }) => Reflect.get(payload, name) === undefined,
  );
  const names = left.map(({ name }) => name).join();
  // The class of the table has the properties of its subclasses, and is not filled with them.
  return left.some(({ inherited }) => inherited) ? `${meta.className} ${names}` : names;
}

const filled = new WeakMap<EntityMetadata, readonly EntityProperty[]>();

/** The properties that the database has a value for. */
function fillable(meta: EntityMetadata): readonly EntityProperty[] {
  let props = filled.get(meta);
  if (props === undefined) {
    props = meta.props.filter(prop => prop.defaultRaw !== undefined || prop.autoincrement);
    filled.set(meta, props);
  }
  return props;
}
