import type { EntityMetadata, EntityProperty, MikroORM } from '@mikro-orm/core';

/**
 * Compares of a base class that shares its table its own fields alone. MikroORM compares those of its subclasses, too, and
 * gives none of them to its objects: what a row has there, as by a default, would be a change to nothing, and written.
 */
export function compareOwnFields(orm: MikroORM): void {
  for (const meta of orm.getMetadata().getAll().values())
    meta.comparableProps = meta.comparableProps.filter(prop => !isOfSubclass(meta, prop));
}

/** Whether only objects of subclasses have a property that MikroORM lists of the class at the root of their table, too. */
export function isOfSubclass(meta: EntityMetadata, prop: EntityProperty): boolean {
  const isListed = meta.inheritanceType === 'sti' && meta.root === meta && prop.inherited === true;
  return isListed && !meta.hydrateProps.includes(prop);
}

/** The names of the properties that objects of a class have, without those in embedded objects. */
export function namesIn(meta: EntityMetadata): string[] {
  return meta.props.flatMap(prop => (prop.embedded || isOfSubclass(meta, prop) ? [] : [prop.name]));
}
