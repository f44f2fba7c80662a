import { type Collection, type EntityMetadata, type FindOptions, ReferenceKind } from '@mikro-orm/core';
import { listOrder } from '../entity/list-order.ts';
import { MikroscopeError } from '../errors.ts';
import { collectionsOf, revertCollections } from '../mikro-orm/collections.ts';
import { isOfOwnClass } from '../mikro-orm/discriminators.ts';
import { hasRow, isLoaded, isManagedBy, metaOf, nameOf, setPastSetter } from '../mikro-orm/entity-state.ts';
import { loadedLazyFields, unloadedLazyFields } from '../mikro-orm/lazy-fields.ts';
import { entitiesOf } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { byKeys, maxKeysPerQuery } from '../mikro-orm/row-keys.ts';
import { isExpired, isTracked } from '../unit-of-work/object-states.ts';
import { takeBackFields } from '../unit-of-work/orphans.ts';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.ts';
import { isElsewhere, loadElsewhere, populateElsewhere } from './elsewhere.ts';
import type { Needs } from './needs.ts';
import { isUnset } from './unset-fields.ts';

/** Loads what is not loaded, and reloads what has expired with one query for a class and not one for each row. */
export class RowLoader {
  readonly #unit: UnitOfWork;

  constructor(unit: UnitOfWork) {
    this.#unit = unit;
  }

  needsLoad(entity: object): boolean {
    // Most are fresh, and that is the quickest to find out.
    const { em, expiry } = this.#unit;
    if (isLoaded(entity) && expiry.isFresh(entity) && !expiry.hasExpiredFormulas(entity)) return false;
    return isManagedBy(em, entity)
      ? !isLoaded(entity) || isTracked(em, entity)
      : !isLoaded(entity) && isElsewhere(em, entity);
  }

  needsLoadCollection(collection: Collection<object>): boolean {
    if (collection.isInitialized() && this.#unit.expiry.isFresh(collection)) return false;
    const { em } = this.#unit;
    return (
      isTracked(em, collection.owner) || (!collection.isInitialized() && isElsewhere(em, collection.owner))
    );
  }

  /** The lazy fields that an entity had loaded, until its row was read again without them. */
  lostFields(entity: object): readonly string[] {
    const names = unloadedLazyFields(entity);
    return names.length > 0 && isTracked(this.#unit.em, entity) ? names : [];
  }

  /**
   * Loads the entities that need it, and with them all others of their classes that have expired.
   *
   * @param besides entities that are loaded with them, if they have rows
   * @throws MikroscopeError `ObjectDeleted` if a row is gone, and as a query does
   */
  async load(entities: readonly object[], besides: Iterable<object> = []): Promise<void> {
    const classes = new Map<EntityMetadata, object[]>();
    const elsewhere: object[] = [];
    for (const entity of [...entities, ...besides]) {
      if (!this.needsLoad(entity) || this.#unit.expiry.isDeleted(entity)) continue;
      if (isElsewhere(this.#unit.em, entity)) {
        elsewhere.push(entity);
        continue;
      }
      const { root } = metaOf(entity);
      const wanted = classes.get(root) ?? [];
      wanted.push(entity);
      classes.set(root, wanted);
    }
    for (const [meta, wanted] of classes) await this.#reload(meta, wanted);
    await loadElsewhere(elsewhere);
    for (const entity of elsewhere) if (!isLoaded(entity)) this.#unit.expiry.markDeleted(entity);
    for (const entity of entities) if (this.#unit.expiry.isDeleted(entity)) throw deleted(entity);
  }

  /** Reads what the rows of new objects have in a field that was never set. */
  async loadUnset(entity: object, name: string): Promise<void> {
    const { em, expiry } = this.#unit;
    for (const one of entitiesOf(em, metaOf(entity).root)) if (isUnset(one, name)) expiry.expire(one);
    await this.load([entity]);
  }

  /** Loads collections, and with each the same collection of every other owner where it has expired. */
  async loadCollections(collections: readonly Collection<object>[]): Promise<void> {
    const { em, expiry } = this.#unit;
    const wanted: Collection<object>[] = [];
    for (const collection of collections) {
      if (!this.needsLoadCollection(collection)) continue;
      const { owner, property } = collection;
      if (isElsewhere(em, owner)) await populateElsewhere(em, [owner], [property.name]);
      else wanted.push(collection);
    }
    if (wanted.length === 0) return;
    this.#unit.weakRows.holdChanged(wanted.map(({ owner }) => owner));
    await this.#unit.flush('query');
    const groups = new Map<unknown, { name: string; owners: Set<object> }>();
    for (const collection of wanted) {
      const group = groups.get(collection.property) ?? { name: collection.property.name, owners: new Set() };
      group.owners.add(collection.owner);
      if (collection.isInitialized()) {
        for (const owner of this.#expiredOwners(collection)) group.owners.add(owner);
      }
      groups.set(collection.property, group);
    }
    for (const { name, owners } of groups.values()) {
      const all = [...owners];
      const orderBy = all.slice(0, 1).flatMap(owner => listOrder(metaOf(owner), [name]));
      for (let i = 0; i < all.length; i += maxKeysPerQuery) {
        const chunk = all.slice(i, i + maxKeysPerQuery);
        await this.#unit.runRead(() => em.populate(chunk, [name] as never, { refresh: true, orderBy }));
        for (const owner of chunk) {
          const collection = Reflect.get(owner, name) as Collection<object>;
          expiry.markFresh(collection);
          for (const item of collection.getItems(false)) expiry.markFresh(item);
        }
      }
    }
  }

  /**
   * Reads the row again now. Assignments that were not flushed are lost.
   *
   * @throws MikroscopeError `ObjectDeleted` if the row is gone, and as a query does
   */
  async refresh(entity: object): Promise<void> {
    this.expire(entity);
    await this.#reload(metaOf(entity).root, [entity], 'alone');
    if (this.#unit.expiry.isDeleted(entity)) throw deleted(entity);
  }

  /** Makes the row and the collections be read again when they are next looked at. */
  expire(entity: object): void {
    const { em, expiry, takenPlaces } = this.#unit;
    takenPlaces.forget(entity);
    takeBackFields(em, entity);
    revertCollections(entity);
    expiry.expire(entity);
    for (const collection of collectionsOf(entity)) expiry.expire(collection);
  }

  /** Remembers what had expired of an entity with a row that has left the session. */
  leave(entity: object): void {
    if (!hasRow(entity)) return;
    for (const collection of collectionsOf(entity)) this.#unit.expiry.leave(collection);
  }

  /** Loads lazy fields of entities of one class, or the other side of a one-to-one relation. */
  async loadFields(entities: readonly object[], names: readonly string[]): Promise<void> {
    const { em } = this.#unit;
    const own = await populateElsewhere(em, entities, names);
    if (own.length > 0) await this.#unit.flush('query');
    for (let i = 0; i < own.length; i += maxKeysPerQuery) {
      const chunk = own.slice(i, i + maxKeysPerQuery);
      await this.#unit.runRead(() => readFields(em, chunk, names));
    }
    // MikroORM leaves the other side of a one-to-one relation undefined where no row refers to this one.
    for (const entity of entities)
      for (const name of names)
        if (Reflect.get(entity, name) === undefined) setPastSetter(entity, name, null);
  }

  /**
   * Loads what is needed, with one query for a class and not one for each row.
   *
   * @param isAsked whether somebody asked for it. Before that is read, what is staged is flushed; if it is only shown and
   * the flush fails, lists and lazy fields are as they are known
   * @throws MikroscopeError `ObjectDeleted` if a row is gone, and as a query does
   */
  async supply({ entities, besides, collections, fields }: Needs, isAsked: boolean): Promise<void> {
    const lists = [...collections];
    const lacking = [...fields];
    const readsMore = lists.length + lacking.length > 0 && (isAsked || (await this.#canFlush()));
    if (readsMore) await this.loadCollections(lists);
    const items = lists.flatMap(list => (list.isInitialized() ? list.getItems(false) : []));
    await this.load([...entities, ...items], besides);
    if (!readsMore) return;
    for (const each of lacking) await this.loadFields([...each.entities], [each.name]);
  }

  async #canFlush(): Promise<boolean> {
    try {
      await this.#unit.flush('query');
      return true;
    } catch {
      return false;
    }
  }

  async #reload(meta: EntityMetadata, wanted: readonly object[], scope?: 'alone'): Promise<void> {
    const { em, expiry, weakRows } = this.#unit;
    const stale = new Set(wanted);
    // Expired rows are read again together; a reference that was never loaded is read by itself.
    if (scope !== 'alone' && wanted.some(isLoaded)) {
      let met = false;
      for (const entity of entitiesOf(em, meta)) {
        met ||= stale.has(entity);
        // Rows before it that a loop over a query has left behind may be garbage by now.
        if (!met && weakRows.isWeak(entity)) continue;
        if (isLoaded(entity) && isExpired(this.#unit, entity)) stale.add(entity);
      }
    }
    for (const { type, lazy, members } of byLazyFields(meta, stale)) {
      for (let i = 0; i < members.length; i += maxKeysPerQuery) {
        const chunk = members.slice(i, i + maxKeysPerQuery);
        const options = { ...REFRESH, populate: lazy as never };
        const found = new Set<object>(
          await this.#unit.runRead(() => em.find(type.class, byKeys(meta, chunk), options)),
        );
        for (const entity of chunk) {
          if (found.has(entity) && isOfOwnClass(entity)) expiry.markFresh(entity);
          else expiry.markDeleted(entity);
        }
      }
    }
  }

  *#expiredOwners(collection: Collection<object>): Iterable<object> {
    const { em } = this.#unit;
    const { root } = metaOf(collection.owner);
    for (const owner of entitiesOf(em, root)) {
      const other = Reflect.get(owner, collection.property.name) as Collection<object> | undefined;
      if (other?.isInitialized() && this.needsLoadCollection(other)) yield owner;
    }
  }
}

/** Options of a find that reads rows again, whatever a filter hides. */
export const REFRESH = {
  refresh: true,
  flushMode: 'commit',
  populate: [],
  filters: false,
} as FindOptions<object>;

/**
 * Reads fields of entities of one class. The other side of a one-to-one relation is read with their own rows: MikroORM would
 * look for rows that refer to them, and those that show an earlier state of the database tell it nothing.
 */
function readFields(em: SqlEm, entities: readonly object[], names: readonly string[]): Promise<unknown> {
  const meta = metaOf(entities[0] as object);
  const isSide = names.some(name => Reflect.get(meta.properties, name).kind === ReferenceKind.ONE_TO_ONE);
  return isSide
    ? em.find(meta.class, byKeys(meta, entities), REFRESH)
    : em.populate(entities as object[], names as never);
}

function deleted(entity: object): MikroscopeError {
  const name = nameOf(entity);
  return isLoaded(entity)
    ? new MikroscopeError(
        'ObjectDeleted',
        `${name} is no longer in the database`,
        'expunge() takes it out of the session.',
      )
    : new MikroscopeError(
        'ObjectDeleted',
        `${name} is not in the database`,
        'Something refers to a row that does not exist.',
      );
}

/** Rows that are read together: lazy fields that were loaded are read again, and no others. */
interface Group {
  readonly type: EntityMetadata;
  readonly lazy: readonly string[];
  readonly members: object[];
}

function byLazyFields(root: EntityMetadata, entities: Iterable<object>): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const entity of entities) {
    const lazy = [...loadedLazyFields(entity), ...unloadedLazyFields(entity)];
    // Only its own class has the fields of one that shares its table.
    const type = lazy.length === 0 ? root : metaOf(entity);
    const key = [type.className, ...lazy].join(' ');
    const group = groups.get(key) ?? { type, lazy, members: [] };
    group.members.push(entity);
    groups.set(key, group);
  }
  return groups.values();
}
