import { type ChangeSet, helper } from '@mikro-orm/core';

/** Deletes rows by the keys that they have. MikroORM would use those that the entities have been assigned since. */
export function deleteByRowKeys(changes: readonly ChangeSet<object>[]): void {
  for (const change of changes) {
    if (!change.type.startsWith('delete')) continue;
    const row = helper(change.entity).__originalEntityData as Record<string, unknown> | undefined;
    if (row === undefined || !change.meta.primaryKeys.every(name => row[name] != null)) continue;
    change.originalEntity = row;
  }
}
