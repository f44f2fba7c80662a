import { type EntityProperty, helper, Reference } from '@mikro-orm/core';
import { isEntity } from './entity-state.ts';

/**
 * Lets what is assigned to a relation be an orphan no more. MikroORM removes what was taken out of a relation that removes its
 * orphans also where it was put back, or given to another, unless a loaded list got it.
 */
export function keepTaken(entity: object, prop: EntityProperty): void {
  const target: unknown = Reference.unwrapReference(helper(entity).__data[prop.name] as object);
  if (!isEntity(target)) return;
  if (prop.orphanRemoval === true) keep(target);
  const other = prop.inversedBy ?? prop.mappedBy;
  const side = other === undefined ? undefined : prop.targetMeta?.properties[other as never];
  if (side?.orphanRemoval === true) keep(entity);
}

function keep(entity: object): void {
  helper(entity).__em?.getUnitOfWork().cancelOrphanRemoval(entity);
}
