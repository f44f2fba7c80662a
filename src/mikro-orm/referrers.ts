import type { EntityMetadata } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

/**
 * The properties that refer to entities of this class, each with the class that has it: of those in an embedded object the
 * ones with a column of the row that it is in.
 */
export function referringProperties(meta: EntityMetadata): EntityMetadata['referencingProperties'] {
  return meta.referencingProperties.filter(
    ({ meta: other, prop }) => !other.embeddable && prop.object !== true,
  );
}

/**
 * Lets a class know what refers to it as to one of its base classes, or as to one of several. MikroORM knows of that only
 * there: what was removed would stay where such a property refers to it, and be inserted again with the next flush.
 */
export function inheritReferrers(em: SqlEm): void {
  const classes = [...em.getMetadata().getAll().values()];
  const families = new Map<EntityMetadata, EntityMetadata[]>();
  for (const meta of classes)
    for (const prop of meta.relations)
      for (const target of prop.polymorphTargets ??
        (prop.targetMeta === undefined ? [] : [prop.targetMeta])) {
        const family = families.get(target) ?? classes.filter(each => isHeir(each, target));
        families.set(target, family);
        for (const { referencingProperties } of family)
          if (!referencingProperties.some(known => known.meta === meta && known.prop === prop))
            referencingProperties.push({ meta, prop });
      }
}

/** Whether a class is another one, or extends it. */
function isHeir({ class: type }: EntityMetadata, other: EntityMetadata): boolean {
  return type === other.class || type.prototype instanceof other.class;
}

/** The entities that refer to those that are being removed. */
export interface KnownReferrers {
  /** Whether this entity is one of those that are removed. */
  has(entity: object): boolean;
  /** The entities of one class that refer to it, each by itself. */
  in(entity: object, meta: object): Map<object, object>;
}

type UnsetIdentity = (entity: object) => void;

/**
 * Makes MikroORM look for what refers to a removed entity among the known referrers alone. To take the entity out of
 * everything that refers to it, it would walk everything loaded, once for each removed entity.
 */
export function lookAmongReferrers(em: SqlEm, known: () => KnownReferrers | undefined): void {
  const uow = em.getUnitOfWork();
  const map = uow.getIdentityMap();
  const unsetIdentity = Reflect.get(uow, 'unsetIdentity') as UnsetIdentity;
  Reflect.set(uow, 'unsetIdentity', (entity: object) => {
    const referrers = known();
    // An entity with the removed one in its key is removed by a call inside this one.
    const outer: unknown = Object.getOwnPropertyDescriptor(map, 'getStore')?.value;
    Reflect.deleteProperty(map, 'getStore');
    try {
      if (referrers?.has(entity) === true) {
        map.delete(entity);
        Reflect.set(map, 'getStore', (meta: object) => referrers.in(entity, meta));
      }
      unsetIdentity.call(uow, entity);
    } finally {
      Reflect.deleteProperty(map, 'getStore');
      if (outer !== undefined) Reflect.set(map, 'getStore', outer);
    }
  });
}

/** Makes MikroORM take an entity for one without a row, and takes it out of everything that refers to it. */
export function forgetRow(em: SqlEm, entity: object): void {
  em.getUnitOfWork().unsetIdentity(entity);
}
