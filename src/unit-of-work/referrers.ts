import { Collection, helper, Reference } from '@mikro-orm/core';
import type { SqlEm } from '../mikro-orm/orm.ts';

type Unset = (entity: object) => void;

/**
 * What refers to the entities that a flush removes, found in one walk. After a delete MikroORM takes the entity out of
 * whatever refers to it, and to find that walks everything loaded, once for every entity removed.
 */
export class Referrers {
  readonly #em: SqlEm;
  readonly #removed: ReadonlySet<object>;
  /** By what is removed, then by the class of what refers to it. */
  readonly #found = new Map<object, Map<unknown, Map<object, object>>>();

  constructor(em: SqlEm, removed: readonly object[]) {
    this.#em = em;
    this.#removed = new Set(removed);
    for (const meta of new Set(removed.map(entity => helper(entity).__meta))) this.#walk(meta);
  }

  /** Whether this entity is one of those that are removed. */
  has(entity: object): boolean {
    return this.#removed.has(entity);
  }

  /** What refers to it, with what refers: a reference, a key or a collection. */
  *of(entity: object): Iterable<readonly [referrer: object, value: unknown]> {
    for (const { meta, prop } of helper(entity).__meta.referencingProperties) {
      for (const referrer of this.in(entity, meta).values())
        yield [referrer, Reference.unwrapReference(Reflect.get(referrer, prop.name))];
    }
  }

  /**
   * After the flush: what referred to the removed refers to nothing, in the database as in memory, and is not changed
   * by that. Gives the entities and collections, whose rows may be gone as well.
   */
  *settled(): Iterable<object> {
    for (const entity of this.#removed) {
      for (const { meta, prop } of helper(entity).__meta.referencingProperties) {
        for (const referrer of this.in(entity, meta).values()) {
          const original = helper(referrer).__originalEntityData as Record<string, unknown> | undefined;
          const value: unknown = Reference.unwrapReference(Reflect.get(referrer, prop.name));
          if (original === undefined) continue;
          if (value instanceof Collection) {
            value.takeSnapshot();
            yield value;
          } else if (value === undefined && prop.name in original) {
            helper(referrer).__data[prop.name] = null;
            original[prop.name] = null;
          }
          yield referrer;
        }
      }
    }
  }

  /** The entities of one class that refer to it. */
  in(entity: object, meta: object): Map<object, object> {
    return this.#found.get(entity)?.get(meta) ?? new Map<object, object>();
  }

  #walk({ referencingProperties }: ReturnType<typeof helper>['__meta']): void {
    const uow = this.#em.getUnitOfWork();
    const added = [...uow.getPersistStack()] as object[];
    for (const { meta, prop } of referencingProperties) {
      const stored = uow.getIdentityMap().getStore(meta).values() as Iterable<object>;
      for (const referrer of [...stored, ...added.filter(one => helper(one).__meta === meta)]) {
        const value: unknown = Reference.unwrapReference(Reflect.get(referrer, prop.name));
        if (value instanceof Collection) {
          for (const item of value.getItems(false) as object[]) this.#note(item, meta, referrer);
        } else if (prop.mapToPk && value != null && prop.targetMeta !== undefined) {
          this.#note(this.#em.getReference(prop.targetMeta.class, value as never), meta, referrer);
        } else {
          this.#note(value, meta, referrer);
        }
      }
    }
  }

  #note(value: unknown, meta: object, referrer: object): void {
    if (typeof value !== 'object' || value === null || !this.#removed.has(value)) return;
    const classes = this.#found.get(value) ?? new Map<unknown, Map<object, object>>();
    const referrers = classes.get(meta) ?? new Map<object, object>();
    this.#found.set(value, classes.set(meta, referrers.set(referrer, referrer)));
  }
}

/** Lets MikroORM look for what refers to a removed entity among what is known to. */
export function lookAmongReferrers(em: SqlEm, current: () => Referrers | undefined): void {
  const uow = em.getUnitOfWork();
  const map = uow.getIdentityMap();
  const unset = Reflect.get(uow, 'unsetIdentity') as Unset;
  Reflect.set(uow, 'unsetIdentity', (entity: object) => {
    const referrers = current();
    // What has the removed entity in its key goes with it, from inside of the call.
    const outer: unknown = Object.getOwnPropertyDescriptor(map, 'getStore')?.value;
    Reflect.deleteProperty(map, 'getStore');
    try {
      if (referrers?.has(entity) === true) {
        map.delete(entity);
        Reflect.set(map, 'getStore', (meta: object) => referrers.in(entity, meta));
      }
      unset.call(uow, entity);
    } finally {
      Reflect.deleteProperty(map, 'getStore');
      if (outer !== undefined) Reflect.set(map, 'getStore', outer);
    }
  });
}
