import {
  type Collection,
  type EntityMetadata,
  type EntityProperty,
  ReferenceKind,
  type UnitOfWork,
} from '@mikro-orm/core';
import { hasRow, targetOf } from './entity-state.ts';
import { entitiesOf } from './identity-map.ts';
import type { SqlEm } from './orm.ts';
import { isRemoved } from './staged.ts';

/** The loaded objects of join tables that are entities, too, whose rows the flush under way deletes as lists lose items. */
export function unlinkedRows(em: SqlEm): object[] {
  const found = new Set<object>();
  const losing = em.getUnitOfWork().getCollectionUpdates() as Collection<object>[];
  for (const [property, lists] of Map.groupBy(losing, list => list.property)) {
    const sides = sidesOf(em, property);
    if (sides === undefined) continue;
    const lost = new Map<object | undefined, ReadonlySet<object | undefined>>();
    for (const list of lists) lost.set(list.owner, lostItems(list));
    for (const one of entitiesOf(em, sides.table.root)) {
      const isLost = lost.get(targetOf(one, sides.own))?.has(targetOf(one, sides.other));
      if (isLost === true && hasRow(one) && !isRemoved(em, one)) found.add(one);
    }
  }
  return [...found];
}

/** Has the flush under way write no change of objects. */
export function dropChanges(uow: UnitOfWork, entities: readonly object[]): void {
  if (entities.length === 0) return;
  const dropped = new Set(entities);
  for (const change of uow.getChangeSets()) if (dropped.has(change.entity)) change.payload = {};
}

function lostItems(list: Collection<object>): ReadonlySet<object | undefined> {
  const lost = new Set<object | undefined>(list.getSnapshot());
  for (const item of list.getItems(false)) lost.delete(item);
  return lost;
}

/** The join table of a many-to-many relation, and its relations to either side. */
function sidesOf(
  em: SqlEm,
  { kind, pivotEntity, joinColumns, inverseJoinColumns }: EntityProperty,
):
  | { readonly table: EntityMetadata; readonly own: EntityProperty; readonly other: EntityProperty }
  | undefined {
  if (kind !== ReferenceKind.MANY_TO_MANY || pivotEntity === undefined) return undefined;
  const table = em.getMetadata().find(pivotEntity as never);
  const by = (columns: readonly string[]) =>
    table?.relations.find(relation => relation.joinColumns.join() === columns.join());
  const [own, other] = [by(joinColumns), by(inverseJoinColumns)];
  return table === undefined || own === undefined || other === undefined ? undefined : { table, own, other };
}
