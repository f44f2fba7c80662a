import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import { isForeignKey } from './class-tables.ts';
import { hasRow } from './entity-state.ts';
import { notFound } from './gone-rows.ts';
import { entitiesOf } from './identity-map.ts';
import type { SqlEm } from './orm.ts';

/** The loaded entities without rows now that rows of a class are deleted, and with them what the database cascades to. */
export async function takenWith(em: SqlEm, meta: EntityMetadata): Promise<object[]> {
  const taken: object[] = [];
  for (const root of cascadedTo(em, meta.root))
    taken.push(...(await notFound(em, [...entitiesOf(em, root)].filter(hasRow))));
  return taken;
}

/** The class, and those of whose rows the database deletes the ones that refer to a deleted row. */
function cascadedTo(em: SqlEm, deleted: EntityMetadata): Set<EntityMetadata> {
  const all = [...em.getMetadata().getAll().values()];
  const roots = new Set([deleted]);
  // The set grows while it is walked.
  for (const target of roots)
    for (const { relations, root } of all)
      if (relations.some(prop => isCascadedFrom(prop, target))) roots.add(root);
  return roots;
}

/** Whether the database deletes the rows that refer by a relation to a deleted row of a root class. */
export function isCascadedFrom(prop: EntityProperty, target: EntityMetadata): boolean {
  return isForeignKey(prop) && prop.deleteRule === 'cascade' && prop.targetMeta?.root === target;
}
