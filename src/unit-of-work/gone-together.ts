import { Collection, type EntityProperty, ReferenceKind } from '@mikro-orm/core';
import { isForeignKey } from '../mikro-orm/class-tables.ts';
import { addOneSided, initializeEmpty } from '../mikro-orm/collections.ts';
import { metaOf, setPastSetter, targetOf } from '../mikro-orm/entity-state.ts';
import { membersOf, removesWith } from './cascade.ts';

/**
 * Keeps in removed objects what went with them: it comes back with them if they are added again. What is loaded has let go of
 * it, and what was never read has been looked for by the removal.
 */
export function keepTogether(removed: readonly object[]): void {
  const gone = new Set(removed);
  for (const entity of removed)
    for (const prop of metaOf(entity).relations) {
      if (removesWith(prop)) keepMembers(entity, prop, gone);
      const { name, inversedBy } = prop;
      const owner = isForeignKey(prop) && inversedBy !== undefined ? targetOf(entity, { name }) : undefined;
      if (owner === undefined || !gone.has(owner)) continue;
      const side = metaOf(owner).properties[inversedBy as never];
      if (side !== undefined && removesWith(side)) enter(owner, side, entity);
    }
}

/** What is in a list, and was not read, is known to be all that went; what went has let go of its owner. */
function keepMembers(owner: object, prop: EntityProperty, gone: ReadonlySet<object>): void {
  const { kind, mappedBy, name } = prop;
  if (kind !== ReferenceKind.ONE_TO_MANY) return;
  const list: unknown = Reflect.get(owner, name);
  if (list instanceof Collection && !list.isInitialized() && !list.isDirty())
    initializeEmpty(list as Collection<object>);
  for (const member of membersOf(owner, prop))
    if (gone.has(member) && Reflect.get(member, mappedBy) == null) Reflect.set(member, mappedBy, owner);
}

function enter(owner: object, { name }: EntityProperty, entity: object): void {
  const side: unknown = Reflect.get(owner, name);
  if (!(side instanceof Collection)) {
    if (side == null) setPastSetter(owner, name, entity);
    return;
  }
  const list = side as Collection<object>;
  const isDirty = list.isDirty();
  if (!list.isInitialized()) initializeEmpty(list);
  if (!list.contains(entity, false)) addOneSided(list, entity);
  list.setDirty(isDirty);
}
