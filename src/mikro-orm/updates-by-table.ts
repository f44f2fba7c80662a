import { ChangeSet } from '@mikro-orm/core';
import { declaringClass, hasSpread, isSpread, tablesOf } from './class-tables.ts';
import { rowSnapshotOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';

type Write = (changes: readonly ChangeSet<object>[], ...rest: unknown[]) => Promise<void>;

/**
 * Writes what is written of a row after the rest, as unique values are, to the tables that have the columns. MikroORM takes all
 * of it for columns of the entity's own class.
 */
export function updateByTable(em: SqlEm): void {
  if (!hasSpread(em)) return;
  const persister = em.getUnitOfWork().getChangeSetPersister();
  const write = (Reflect.get(persister, 'executeUpdates') as Write).bind(persister);
  Reflect.set(persister, 'executeUpdates', (async (changes, ...rest) => {
    const groups = Map.groupBy(changes.flatMap(byTable), ({ meta }) => (isSpread(meta) ? meta : meta.root));
    for (const group of groups.values()) await write(group, ...rest);
  }) satisfies Write);
}

function byTable(change: ChangeSet<object>): readonly ChangeSet<object>[] {
  const { entity, meta, payload } = change;
  if (!isSpread(meta)) return [change];
  const tables = Map.groupBy(Object.entries(payload), ([name]) => declaringClass(meta, name));
  // The table with the version is looked at whatever is written.
  for (const table of tablesOf(meta))
    if (table.hasOptimisticLock() && !tables.has(table)) tables.set(table, []);
  if (meta.tptParent === undefined) return [change];
  // The key has changed in all tables with that in the table of the base class, which is written first.
  const keys = meta.primaryKeys.map(name => [name, rowSnapshotOf(entity)?.[name]]);
  const row = { ...change.originalEntity, ...(Object.fromEntries(keys) as object) };
  change.originalEntity = row;
  if ([...tables.keys()].every(table => table === meta)) return [change];
  return [...tables].map(([table, values]) => {
    const part = new ChangeSet<object>(entity, change.type, Object.fromEntries(values), table);
    part.originalEntity = row;
    return part;
  });
}
