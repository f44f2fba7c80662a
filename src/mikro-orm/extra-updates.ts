import type { ChangeSet, ChangeSetType, UnitOfWork } from '@mikro-orm/core';
import { changesByTable } from './class-tables.ts';

/** Has some fields of a change written by themselves, after those that are already. MikroORM puts them back to do so. */
export function writeApart(
  uow: UnitOfWork,
  change: ChangeSet<object>,
  names: readonly string[],
  type: ChangeSetType,
): void {
  const { entity } = change;
  const values = names.map(name => Reflect.get(entity, name) as unknown);
  uow.getExtraUpdates().add([entity, [...names], values, change, type] as never);
  for (const name of names) {
    Reflect.deleteProperty(entity, name);
    for (const { payload } of changesByTable(change)) Reflect.deleteProperty(payload, name);
  }
}
