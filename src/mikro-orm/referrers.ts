import type { EntityMetadata } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

/** Which properties refer to entities of this class, and of which classes they are. MikroORM works it out at discovery. */
export function referringProperties(meta: EntityMetadata): EntityMetadata['referencingProperties'] {
  return meta.referencingProperties;
}

/** What is known to refer to the entities that are being removed. */
export interface KnownReferrers {
  /** Whether this entity is one of those that are removed. */
  has(entity: object): boolean;
  /** The entities of one class that refer to it, each by itself. */
  in(entity: object, meta: object): Map<object, object>;
}

type UnsetIdentity = (entity: object) => void;

/**
 * Makes MikroORM look for what refers to a removed entity among what is known to. It takes the entity out of everything
 * that refers to it, and to find that would walk everything loaded, once for every entity removed.
 */
export function lookAmongReferrers(em: SqlEm, known: () => KnownReferrers | undefined): void {
  const uow = em.getUnitOfWork();
  const map = uow.getIdentityMap();
  const unsetIdentity = Reflect.get(uow, 'unsetIdentity') as UnsetIdentity;
  Reflect.set(uow, 'unsetIdentity', (entity: object) => {
    const referrers = known();
    // An entity that has the removed one in its key goes with it, from inside of the call.
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

/** Makes MikroORM take an entity for one that has no row, and takes it out of whatever refers to it, as after a DELETE. */
export function forgetRow(em: SqlEm, entity: object): void {
  em.getUnitOfWork().unsetIdentity(entity);
}
