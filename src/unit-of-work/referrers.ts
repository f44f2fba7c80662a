import { Collection, type EntityMetadata, Reference } from '@mikro-orm/core';
import { acceptItems } from '../mikro-orm/collections.ts';
import { isEntity, metaOf, rowSnapshotOf, setAsInRow } from '../mikro-orm/entity-state.ts';
import { entitiesOf } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { type KnownReferrers, referringProperties } from '../mikro-orm/referrers.ts';
import { persistedEntities } from '../mikro-orm/staged.ts';

/** How many entities are few beside the items of a list. */
const FEW = 8;

/** What refers to the entities that a flush removes, found in one walk of what is loaded. */
export class Referrers implements KnownReferrers {
  readonly #em: SqlEm;
  readonly #removed: ReadonlySet<object>;
  /** By what is removed, then by the class of what refers to it. */
  readonly #found = new Map<object, Map<unknown, Map<object, object>>>();

  constructor(em: SqlEm, removed: readonly object[]) {
    this.#em = em;
    this.#removed = new Set(removed);
    for (const meta of new Set(removed.map(metaOf))) this.#walk(meta);
  }

  has(entity: object): boolean {
    return this.#removed.has(entity);
  }

  in(entity: object, meta: object): Map<object, object> {
    return this.#found.get(entity)?.get(meta) ?? new Map<object, object>();
  }

  /** The entities that refer to it, each with the value that does: a reference, a key or a collection. */
  *of(entity: object): Iterable<readonly [referrer: object, value: unknown]> {
    if (!this.#found.has(entity)) return;
    for (const { meta, prop } of referringProperties(metaOf(entity))) {
      for (const referrer of this.in(entity, meta).values())
        yield [referrer, Reference.unwrapReference(Reflect.get(referrer, prop.name))];
    }
  }

  /**
   * Settles what referred to the removed entities after the flush: it refers to nothing now, here as in the database, so
   * that is no change. Yields those entities and collections, as a cascade may have deleted their rows, too.
   */
  *settled(): Iterable<object> {
    for (const entity of this.#found.keys()) {
      for (const { meta, prop } of referringProperties(metaOf(entity))) {
        for (const referrer of this.in(entity, meta).values()) {
          const row = rowSnapshotOf(referrer);
          const value: unknown = Reference.unwrapReference(Reflect.get(referrer, prop.name));
          if (row === undefined) continue;
          if (value instanceof Collection) {
            acceptItems(value as Collection<object>);
            yield value;
          } else if (value === undefined && prop.name in row) {
            setAsInRow(referrer, prop.name, null);
          }
          yield referrer;
        }
      }
    }
  }

  #walk(removed: EntityMetadata): void {
    const withheld = withheldIn(this.#em);
    for (const { meta, prop } of referringProperties(removed)) {
      for (const referrer of this.#staged(meta)) {
        const later = withheld.get(referrer)?.get(prop.name);
        const value: unknown = Reference.unwrapReference(
          (later ?? Reflect.get(referrer, prop.name)) as object,
        );
        if (value instanceof Collection) {
          for (const item of this.#removedIn(value as Collection<object>)) this.#note(item, meta, referrer);
        } else if (prop.mapToPk && value != null && !isEntity(value) && prop.targetMeta !== undefined) {
          this.#note(this.#em.getReference(prop.targetMeta.class, value as never), meta, referrer);
        } else {
          this.#note(value, meta, referrer);
        }
      }
    }
  }

  /** What is loaded of a class, and what was added. */
  *#staged(meta: EntityMetadata): Iterable<object> {
    // To look for what refers by its key alone may bring an entity into the map.
    const loaded = [...entitiesOf(this.#em, meta)];
    yield* loaded;
    for (const one of persistedEntities(this.#em)) if (one.constructor === meta.class) yield one;
  }

  /** The items of a list that may be removed; to look for a few of them takes no walk. */
  #removedIn(list: Collection<object>): Iterable<object> {
    if (this.#removed.size > FEW) return list.getItems(false);
    return [...this.#removed].filter(one => list.contains(one, false));
  }

  #note(value: unknown, meta: object, referrer: object): void {
    if (typeof value !== 'object' || value === null || !this.#removed.has(value)) return;
    const classes = this.#found.get(value) ?? new Map<unknown, Map<object, object>>();
    const referrers = classes.get(meta) ?? new Map<object, object>();
    this.#found.set(value, classes.set(meta, referrers.set(referrer, referrer)));
  }
}

/** What MikroORM has taken out of entities, to write it after everything else, by the names of the properties. */
function withheldIn(em: SqlEm): ReadonlyMap<object, ReadonlyMap<string, unknown>> {
  const found = new Map<object, Map<string, unknown>>();
  for (const [entity, name, value] of em.getUnitOfWork().getExtraUpdates()) {
    const known = found.get(entity) ?? new Map<string, unknown>();
    found.set(entity, known);
    if (Array.isArray(name)) name.forEach((one, i) => known.set(one, (value as unknown[])[i]));
    else known.set(name, value);
  }
  return found;
}
