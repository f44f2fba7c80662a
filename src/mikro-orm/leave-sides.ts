import { Collection, type EntityProperty, helper, Reference, ReferenceKind } from '@mikro-orm/core';
import { isEntity } from './entity-state.ts';
import type { SqlEm } from './orm.ts';

type Remove = (entity: object, ...rest: unknown[]) => void;

/**
 * Takes a removed object out of what refers to it through relations of its base classes. MikroORM does so only for relations
 * to exactly its class.
 */
export function leaveSides(em: SqlEm): void {
  const uow = em.getUnitOfWork();
  const remove = (Reflect.get(uow, 'remove') as Remove).bind(uow);
  Reflect.set(uow, 'remove', ((entity, ...rest) => {
    remove(entity, ...rest);
    const { bidirectionalRelations, class: type } = helper(entity).__meta;
    for (const prop of bidirectionalRelations) {
      const other = prop.targetMeta?.properties[(prop.mappedBy || prop.inversedBy) as never];
      const declared = other === undefined ? undefined : other.targetMeta?.class;
      if (other === undefined || declared === undefined || declared === type) continue;
      if (entity instanceof declared) leave(entity, prop, other);
    }
  }) satisfies Remove);
}

function leave(entity: object, { name, kind }: EntityProperty, other: EntityProperty): void {
  const side: unknown = Reference.unwrapReference(Reflect.get(entity, name) as object);
  if (kind === ReferenceKind.ONE_TO_MANY) {
    if (other.nullable !== true || !(side instanceof Collection)) return;
    for (const member of side.getItems(false)) Reflect.deleteProperty(member as object, other.name);
  } else if (isEntity(side)) {
    const list: unknown = Reflect.get(side, other.name);
    if (list instanceof Collection) list.removeWithoutPropagation(entity);
  }
}
