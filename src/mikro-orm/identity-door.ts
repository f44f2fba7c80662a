import { type EntityMetadata, helper } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';
import { notesFor, notesOf } from './own-notes.ts';

type Store = Map<string, object>;

const doors = new WeakMap<object, IdentityDoor>();

/**
 * Makes the identity map store and delete an entity only as this object under its key. MikroORM's puts whatever is
 * persisted in the place of what was loaded, deletes what another object has taken the place of, and looks for an entity
 * under the key that it has now, even if its row has another.
 */
export function guardIdentityMap(em: SqlEm): void {
  doorOf(em);
}

/** The door of the identity map of an EntityManager: of a session's, or of a fork that writes for it. */
export function doorOf(em: SqlEm): IdentityDoor {
  let door = doors.get(em);
  if (door === undefined) doors.set(em, (door = new IdentityDoor(em)));
  return door;
}

/** The one way into the identity map, and out of it. */
class IdentityDoor {
  /** The places of entities that are at home in another map: a fork has entities of the session. */
  readonly #placesOfGuests = new WeakMap<object, string>();
  readonly #storeOf: (entity: object) => Store;
  readonly #keyNow: (entity: object) => string;
  #arrived: ((entity: object) => void) | undefined;

  constructor(em: SqlEm) {
    const map = em.getUnitOfWork().getIdentityMap();
    const getStore = map.getStore.bind(map) as (meta: EntityMetadata) => Store;
    this.#storeOf = entity => getStore(helper(entity).__meta.root);
    const hash = Reflect.get(map, 'getPkHash') as (entity: object) => string;
    this.#keyNow = entity => Reflect.apply(hash, map, [entity]);
    for (const { root } of em.getMetadata().getAll().values())
      for (const [place, entity] of getStore(root)) this.#place(entity, place);
    const remove = map.delete.bind(map);
    Reflect.set(map, 'getPkHash', (entity: object) => this.hashOf(entity));
    Reflect.set(map, 'store', (entity: object) => this.#store(entity));
    Reflect.set(map, 'delete', (entity: object) => {
      if (this.has(entity)) remove(entity);
    });
  }

  /** Whether the map has this very object. */
  has(entity: object): boolean {
    const place = this.placeOf(entity);
    return place !== undefined && this.#storeOf(entity).get(place) === entity;
  }

  /** Whether an entity was assigned another key than it is under. */
  isMoving(entity: object): boolean {
    return this.has(entity) && this.placeOf(entity) !== this.#keyNow(entity);
  }

  /** The key under which an entity is, or would be. */
  hashOf(entity: object): string {
    const place = this.placeOf(entity);
    return place !== undefined && (hasRow(entity) || this.has(entity)) ? place : this.#keyNow(entity);
  }

  /** The key under which the entity is, or was last. That of an entity with a row is the key of the row. */
  placeOf(entity: object): string | undefined {
    const notes = notesOf(entity);
    return notes?.door === this ? notes.place : this.#placesOfGuests.get(entity);
  }

  #place(entity: object, place: string): void {
    const notes = notesFor(entity);
    notes.door ??= this;
    if (notes.door === this) notes.place = place;
    else this.#placesOfGuests.set(entity, place);
  }

  /** Puts entities under the keys of their rows after a flush, which may have exchanged keys among them. */
  rekey(entities: readonly object[]): void {
    const moved = entities.filter(
      entity => this.placeOf(entity) !== this.#keyNow(entity) || !this.has(entity),
    );
    for (const entity of moved) this.#leave(entity);
    for (const entity of moved) this.#enter(entity, this.#keyNow(entity));
  }

  /** Puts an entity with a row back under the key that it had; by default, the last one. */
  putBack(entity: object, place = this.placeOf(entity)): void {
    if (place === undefined) return this.#store(entity);
    this.#leave(entity);
    this.#enter(entity, place);
  }

  /** What is in the map under the key under which an entity was last. */
  atPlaceOf(entity: object): object | undefined {
    const place = this.placeOf(entity);
    return place === undefined ? undefined : this.#storeOf(entity).get(place);
  }

  /** Runs work, and tells what comes into the map meanwhile. */
  async watching<T>(arrived: (entity: object) => void, work: () => Promise<T>): Promise<T> {
    this.#arrived = arrived;
    try {
      return await work();
    } finally {
      this.#arrived = undefined;
    }
  }

  #store(entity: object): void {
    const store = this.#storeOf(entity);
    const last = this.placeOf(entity);
    const isIn = last !== undefined && store.get(last) === entity;
    const row = hasRow(entity);
    // An entity with a row stays where it is until a flush changes its key.
    if (isIn && row) return;
    const place = row && last !== undefined ? last : this.#keyNow(entity);
    const holder = store.get(place);
    if (holder === entity) return;
    // A flush finds out whether the row of the other one is still there. Of two for a row, the one that is here stays.
    if (holder !== undefined && hasRow(holder) && (!row || helper(holder).__initialized)) return;
    if (isIn) store.delete(last);
    else this.#arrived?.(entity);
    store.set(place, entity);
    this.#place(entity, place);
  }

  /** Makes the map hold an entity strongly. */
  hold(entity: object): void {
    const place = this.placeOf(entity);
    if (place !== undefined && this.has(entity)) this.#storeOf(entity).set(place, entity);
  }

  #enter(entity: object, place: string): void {
    this.#storeOf(entity).set(place, entity);
    this.#place(entity, place);
  }

  #leave(entity: object): void {
    const place = this.placeOf(entity);
    if (place !== undefined && this.has(entity)) this.#storeOf(entity).delete(place);
  }
}

function hasRow(entity: object): boolean {
  return helper(entity).__originalEntityData !== undefined;
}
