import type { EntityMetadata, EntityProperty, MikroORM } from '@mikro-orm/core';

/**
 * Leaves out of the properties of a class the other side that MikroORM gives to a many-to-many relation that names none. It
 * joins by that, and finds it by its name. Nobody has declared it: it was printed, and took objects of one subclass alone.
 */
export function leaveOutUnnamedSides(orm: MikroORM): void {
  for (const meta of orm.getMetadata().getAll().values()) {
    if (!meta.relations.some(prop => isUnnamed(meta, prop))) continue;
    const named = (prop: EntityProperty) => !isUnnamed(meta, prop);
    meta.props = meta.props.filter(named);
    meta.relations = meta.relations.filter(named);
    meta.bidirectionalRelations = meta.bidirectionalRelations.filter(named);
  }
}

function isUnnamed({ definedProperties }: EntityMetadata, prop: EntityProperty): boolean {
  const { name, mappedBy, persist, hydrate, targetMeta } = prop;
  const isGiven = persist === false && hydrate === false && !(name in definedProperties);
  return isGiven && name === `${targetMeta?.className}_${mappedBy}__inverse`;
}
