import { helper } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

const watched = new WeakSet<object>();

/**
 * Tells when a field of an entity is assigned, and not when a row fills it. MikroORM has no event for that, but every
 * field is an accessor on one record of values, which a proxy replaces.
 *
 * @param assigned called before the assignment; it must not hold the entity, which may be garbage-collected
 */
export function watchAssignments(em: SqlEm, entity: object, assigned: (entity: object) => void): void {
  const wrapped = helper(entity);
  if (watched.has(wrapped.__data)) return;
  const hydrator = em.config.getHydrator(em.getMetadata());
  const held = new WeakRef(entity);
  wrapped.__data = new Proxy(wrapped.__data, {
    set: (data, key, value) => {
      const owner = hydrator.isRunning() ? undefined : held.deref();
      if (owner !== undefined) assigned(owner);
      return Reflect.set(data, key, value);
    },
  });
  watched.add(wrapped.__data);
}
