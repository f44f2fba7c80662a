import { type EntityMetadata, type EntityProperty, Reference } from '@mikro-orm/core';
import { isEntity, metaOf, targetOf } from './entity-state.ts';

/** What an assignment to a one-to-one relation makes of the place that is on the side without a column. */
export interface TakenPlace {
  readonly owner: object;
  /** The relation of the owner that has no column. */
  readonly prop: EntityProperty;
  /** What memory has in that place until then. */
  readonly before: object | undefined;
  /** What it is given; absent where the assignment is to the column of what comes there. */
  readonly given?: object | null;
}

/** The place that an assignment to a one-to-one relation gives to another object, or to none. */
export function placeTakenBy(entity: object, prop: EntityProperty, value: unknown): TakenPlace | undefined {
  const item: unknown = Reference.unwrapReference(value as object);
  if (!prop.owner)
    return { owner: entity, prop, before: targetOf(entity, prop), given: isEntity(item) ? item : null };
  if (prop.inversedBy === undefined || !isEntity(item)) return undefined;
  const side = metaOf(item).properties[prop.inversedBy as never] as EntityProperty | undefined;
  if (side === undefined) return undefined;
  const before = targetOf(item, side);
  return before === undefined || before === entity ? undefined : { owner: item, prop: side, before };
}

/** The relation with the column that a place is filled by. */
export function columnOf({ mappedBy, targetMeta }: EntityProperty): EntityProperty {
  return Reflect.get((targetMeta as EntityMetadata).properties, mappedBy);
}
