import { EntityAssigner, type EntityMetadata } from '@mikro-orm/core';
import { refusedAssignment } from '../mikro-orm/computed-fields.ts';
import { assertNamesOwnClass } from '../mikro-orm/discriminators.ts';
import { metaOf, ownerOf } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { referByTargetKeys } from '../mikro-orm/given-target-keys.ts';
import { referToSeveral } from '../mikro-orm/several-classes.ts';
import { isOfSubclass, namesIn } from '../mikro-orm/subclass-fields.ts';
import { watcherOf } from '../mikro-orm/watchers.ts';
import { assertProperty, isPlainObject } from './properties.ts';

type Assign = (entity: object, data: object, options?: { readonly onlyProperties?: boolean }) => object;

/** The assigner is one for all sessions. */
let isAssignChecked = false;

/**
 * Makes `em.assign()`, `assign()` of an entity and `em.create()` say of a name that the entity does not have what an assignment
 * says, before anything is assigned. MikroORM would leave it out, or put it on the object and never write it.
 */
export function checkGivenData(em: SqlEm): void {
  const create = em.create.bind(em);
  em.create = ((type: never, data: unknown, options: never) => {
    const meta = em.getMetadata().get(type);
    if (!isPlainObject(data)) return create(type, data as never, options);
    assertFields(meta, data, meta.prototype as object);
    assertNamesOwnClass(meta, data);
    return create(type, withReferences(em, meta, data) as never, options);
  }) as typeof em.create;

  if (isAssignChecked) return;
  isAssignChecked = true;
  const assign = EntityAssigner.assign.bind(EntityAssigner) as Assign;
  const assignChecked: Assign = (entity, data, options = {}) => {
    if (watcherOf(entity) !== undefined && options.onlyProperties !== true)
      assertFields(metaOf(entity), data, entity);
    const owner = ownerOf(entity);
    return assign(
      entity,
      owner === undefined ? data : withReferences(owner as SqlEm, metaOf(entity), data),
      options,
    );
  };
  EntityAssigner.assign = assignChecked as typeof EntityAssigner.assign;
}

/** Data with objects in the place of what MikroORM would take for a key of the first class, or for another key. */
function withReferences(em: SqlEm, meta: EntityMetadata, data: object): object {
  return referByTargetKeys(em, meta, referToSeveral(em, meta, data));
}

/** @param holder what has the other members that may be given */
function assertFields(meta: EntityMetadata, data: object, holder: object): void {
  for (const [name, value] of Object.entries(data)) {
    const prop = Object.hasOwn(meta.properties, name) ? Reflect.get(meta.properties, name) : undefined;
    const isKnown = prop === undefined ? name in holder : !isOfSubclass(meta, prop);
    if (!isKnown && meta.constructorParams?.includes(name) !== true)
      assertProperty(meta.className, name, namesIn(meta));
    const refused = refusedAssignment(meta, name);
    if (refused !== undefined && value != null) throw refused;
    const { targetMeta } = prop ?? {};
    // A subclass may have more.
    if (targetMeta === undefined || targetMeta.root.inheritanceType !== undefined || targetMeta.polymorphs)
      continue;
    for (const part of [value].flat())
      if (isPlainObject(part)) assertFields(targetMeta, part, targetMeta.prototype as object);
  }
}
