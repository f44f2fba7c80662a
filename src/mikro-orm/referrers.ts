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
type GetStore = (meta: object) => ReadonlyMap<unknown, object>;

/**
 * Makes MikroORM look for what refers to a removed entity among the known referrers alone. To take the entity out of
 * everything that refers to it, it would walk everything loaded, once for each removed entity.
 */
export function lookAmongReferrers(em: SqlEm, known: () => KnownReferrers | undefined): void {
  const uow = em.getUnitOfWork();
  const map = uow.getIdentityMap();
  const unsetIdentity = Reflect.get(uow, 'unsetIdentity') as UnsetIdentity;
  const getStore = (Reflect.get(map, 'getStore') as GetStore).bind(map);
  /** What is in place of the stores while an entity is taken out of what refers to it. */
  let stores: GetStore = getStore;
  Reflect.set(map, 'getStore', (meta: object) => stores(meta));
  Reflect.set(uow, 'unsetIdentity', (entity: object) => {
    const referrers = known();
    // An entity with the removed one in its key is removed by a call inside this one.
    const outer = stores;
    stores = getStore;
    try {
      if (referrers?.has(entity) === true) {
        map.delete(entity);
        stores = meta => referrers.in(entity, meta);
      }
      unsetIdentity.call(uow, entity);
    } finally {
      stores = outer;
    }
  });
}

/** Makes MikroORM take an entity for one without a row, and takes it out of everything that refers to it. */
export function forgetRow(em: SqlEm, entity: object): void {
  em.getUnitOfWork().unsetIdentity(entity);
}
