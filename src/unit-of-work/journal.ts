import { type ChangeSet, Collection, ReferenceKind } from '@mikro-orm/core';
import { isChanged } from '../mikro-orm/changed-fields.ts';
import { payloadOf } from '../mikro-orm/class-tables.ts';
import {
  collectionsOf,
  type CollectionSnapshot,
  forEachCollection,
  forEachCollectionAround,
  restoreCollections,
  snapshotCollection,
} from '../mikro-orm/collections.ts';
import {
  addGenerated,
  addRewritten,
  addWritten,
  type EntitySnapshot,
  forgetRead,
  giveRowBack,
  nextTime,
  restoreEntities,
  snapshotEntity,
} from '../mikro-orm/entity-snapshot.ts';
import { takeGenerated } from '../mikro-orm/generated-values.ts';
import { hasRow, isEntity, metaOf, setPastSetter } from '../mikro-orm/entity-state.ts';
import type { AttemptedWrites } from '../flush-errors/attempted-writes.ts';
import { evict, loseRow } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { isPersisted, stageFirst, stageRemoval, unstage } from '../mikro-orm/staged.ts';
import { replaceReferences } from './attach.ts';
import { newEntities } from './cascade.ts';
import { keepTogether } from './gone-together.ts';
import { forgetDeletion, noteDeletion } from './deletions.ts';
import { noteUnlinked } from './links-again.ts';
import type { Referrers } from './referrers.ts';
import { type Change, changeOf, combined } from './change-report.ts';
import { DirectWrites } from './direct-writes.ts';
import { readOfUndone, referToLeft } from './undone-rows.ts';
import { noteInserted, noteUnread } from './unread-fields.ts';
import { ByHooks, type OwnStaging } from './by-hooks.ts';

/**
 * What the open transaction wrote, with snapshots of everything it touched: enough to stage all of it again if the
 * database undoes the transaction.
 */
export class Journal implements AttemptedWrites {
  readonly direct = new DirectWrites();
  readonly byHooks = new ByHooks();
  readonly #entities = new Map<object, EntitySnapshot>();
  readonly #collections = new Map<Collection<object>, CollectionSnapshot>();
  readonly #now = new Map<object, Change>();
  /** Whether some of them may be removed: to look for those among thousands of new ones costs. */
  #hasRemoved = false;
  readonly #insertedThenDeleted = new Set<object>();
  /** New entities that have left the session since, and when they first did. */
  readonly #released = new Map<object, number>();
  /** Others that have. */
  readonly #gone = new Set<object>();
  /** What those were of them whose rows were deleted. */
  readonly #deletedThenGone = new Map<object, EntitySnapshot>();
  /** Entities whose rows `delete()` of a query has taken, or a list that has lost an item. */
  readonly #taken = new Set<object>();

  get isEmpty(): boolean {
    return this.#entities.size === 0 && this.#collections.size === 0 && this.direct.isEmpty;
  }

  /**
   * Records what MikroORM is about to write.
   *
   * @param own what there was before hooks ran, where there are any
   */
  record(em: SqlEm, referrers: Referrers, own?: OwnStaging): void {
    const uow = em.getUnitOfWork();
    for (const changeSet of uow.getChangeSets()) {
      const { entity, type } = changeSet;
      if (this.#taken.has(entity)) continue;
      const change = changeOf(type);
      // Still in the collection that it was removed from, and its row is deleted already.
      if (change === 'removed' && !hasRow(entity)) continue;
      const snapshot = this.#snapshot(em, entity, changeSet);
      if (change === 'removed') this.#snapshotReferrers(em, referrers, entity);
      this.#count(entity, change);
      if (own !== undefined) this.byHooks.note(entity, change, own);
      addWritten(snapshot, Object.keys(payloadOf(changeSet)));
    }
    for (const collection of uow.getCollectionUpdates() as Collection<object>[]) {
      this.#snapshotCollection(collection);
      // A one-to-many collection is the other side of a column, which counts as a change of the entity that has it.
      const { property, owner } = collection;
      if (property.kind === ReferenceKind.MANY_TO_MANY && isChanged(collection) && !this.#now.has(owner))
        this.#count(collection.owner, 'changed');
    }
    // MikroORM writes circular references in two steps and empties them for the first; the snapshot is to have them.
    for (const [entity, name, value] of uow.getExtraUpdates()) {
      const snapshot = this.#snapshot(em, entity);
      if (!this.#now.has(entity)) this.#count(entity, 'changed');
      const names = Array.isArray(name) ? name : [name];
      const values: unknown[] = Array.isArray(name) ? (value as unknown[]) : [value];
      names.forEach((key, i) => Object.assign(snapshot.data, { [key]: values[i] }));
      for (const withheld of values)
        if (withheld instanceof Collection) this.#snapshotCollection(withheld as Collection<object>);
      addWritten(snapshot, names);
    }
  }

  /**
   * Keeps the value of a field that MikroORM is about to forget, as it reads the row again without it. If it was written,
   * memory has it from nowhere else, should the transaction be undone.
   */
  keepField(entity: object, name: string, value: unknown): void {
    const snapshot = this.#entities.get(entity);
    if (snapshot?.written.includes(name) === true) snapshot.data[name] = value;
  }

  /** Records the entities whose rows such a delete, or a list, has taken, before MikroORM takes them out of what refers to them. */
  recordTaken(em: SqlEm, referrers: Referrers, entities: readonly object[]): void {
    for (const entity of entities) {
      this.#snapshot(em, entity);
      this.#snapshotReferrers(em, referrers, entity);
      noteDeletion(entity);
      this.#taken.add(entity);
    }
  }

  /** The entities that were written, and how. */
  written(): Iterable<readonly [entity: object, change: Change]> {
    return this.#now.entries();
  }

  fieldsOf(entity: object): readonly string[] {
    return this.#entities.get(entity)?.written ?? [];
  }

  /** Gives back to the removed entities what they referred to: MikroORM takes them out of each other. */
  keepRemoved(removed: Iterable<object> = this.deleted()): void {
    const lists: CollectionSnapshot[] = [];
    const all = [...removed];
    for (const entity of all) {
      const data = this.#entities.get(entity)?.data;
      for (const { name } of data === undefined ? [] : metaOf(entity).relations) {
        const value = data?.[name];
        if (isEntity(value) && Reflect.get(entity, name) == null) setPastSetter(entity, name, value);
      }
      if (this.#collections.size === 0) continue;
      forEachCollection(entity, list => {
        const snapshot = this.#collections.get(list);
        if (snapshot !== undefined) lists.push({ ...snapshot, dirty: false });
      });
    }
    restoreCollections(lists, 'before');
    keepTogether(all);
  }

  /** The entities whose rows are gone, also those that the transaction had inserted before. */
  *deleted(): Iterable<object> {
    if (this.#hasRemoved) for (const [entity, change] of this.#now) if (change === 'removed') yield entity;
    yield* this.#insertedThenDeleted;
    yield* this.#taken;
  }

  /** Entities inserted and then deleted; the collections that they were in have lost them. */
  insertedThenDeleted(): Iterable<object> {
    return this.#insertedThenDeleted;
  }

  /** Adds what a later flush wrote; the snapshots that came first stay. */
  absorb(next: Journal): void {
    for (const [entity, snapshot] of next.#entities) {
      const first = this.#entities.get(entity);
      if (first === undefined) this.#entities.set(entity, snapshot);
      else {
        addGenerated(first, snapshot.generated);
        addRewritten(first, snapshot.written);
      }
    }
    for (const [collection, snapshot] of next.#collections) {
      if (!this.#collections.has(collection)) this.#collections.set(collection, snapshot);
    }
    for (const [entity, change] of next.#now) this.#count(entity, change);
    for (const entity of next.#insertedThenDeleted) this.#insertedThenDeleted.add(entity);
    for (const entity of next.#taken) {
      this.#taken.add(entity);
      // Its row is gone, whatever was written of it before.
      if (this.#now.get(entity) === 'changed') this.#now.delete(entity);
    }
    for (const [entity, at] of next.#released)
      if (!this.#released.has(entity)) this.#released.set(entity, at);
    for (const entity of next.#gone) this.#gone.add(entity);
    for (const [entity, snapshot] of next.#deletedThenGone) this.#deletedThenGone.set(entity, snapshot);
    this.direct.absorb(next.direct);
    this.byHooks.absorb(next.byHooks);
  }

  /**
   * Takes what is written of entities that leave the session for rows alone: it cannot be staged again, as another object may
   * stand for the row by then.
   */
  release(entities: Iterable<object> = this.#all()): void {
    for (const entity of entities) {
      const change = this.#now.get(entity);
      if (change !== undefined) this.direct.recordRows(change, metaOf(entity).className, 1);
      // What was inserted has no row once that is undone.
      const isInserted = change === 'new' || this.#insertedThenDeleted.has(entity);
      if (isInserted && !this.#released.has(entity)) this.#released.set(entity, nextTime());
      // One that has come back may leave again.
      if (!this.#released.has(entity)) {
        const snapshot = this.#entities.get(entity);
        if (snapshot !== undefined && (change === 'removed' || this.#taken.has(entity)))
          this.#deletedThenGone.set(entity, snapshot);
        this.#entities.delete(entity);
        this.#gone.add(entity);
      }
      for (const known of [this.#now, this.#insertedThenDeleted, this.#taken, this.byHooks.kept])
        known.delete(entity);
      for (const list of collectionsOf(entity)) this.#collections.delete(list);
    }
  }

  #all(): ReadonlySet<object> {
    return new Set([...this.#entities.keys(), ...[...this.#collections.keys()].map(({ owner }) => owner)]);
  }

  /** Forgets about all other entities. */
  keepOnly(entities: ReadonlySet<object>): void {
    this.byHooks.keepOnly(entities);
    for (const known of [this.#entities, this.#now, this.#insertedThenDeleted, this.#taken])
      for (const entity of known.keys()) if (!entities.has(entity)) known.delete(entity);
    for (const collection of this.#collections.keys())
      if (!entities.has(collection.owner)) this.#collections.delete(collection);
  }

  /**
   * Stages everything again, as if nothing of it had ever been written.
   *
   * @returns the entities of which something that was read meanwhile is forgotten
   */
  restage(em: SqlEm, values: 'before' | 'now'): object[] {
    const undone = this.#takeUndone(em);
    referToLeft(em, this.#released.keys(), undone);
    const { made, removed: removedByHooks } = this.byHooks;
    const removed = [...this.#now].filter(([, change]) => change === 'removed').map(([entity]) => entity);
    // One that was added again since keeps the row that it has again.
    const kept = new Set(values === 'now' && removed.length > 0 ? newEntities(em) : []);
    const forgotten =
      values === 'before' ? [] : [...this.#entities.values()].filter(snapshot => forgetRead(em, snapshot));
    restoreEntities(em, [...this.#entities.values()].toReversed(), values);
    restoreCollections(this.#lists(), values);
    if (values === 'now') {
      this.byHooks.assignments.takeBack(em);
      this.byHooks.lists.takeBack();
    }
    for (const entity of [...this.#now.keys(), ...this.deleted()]) forgetDeletion(entity);
    for (const gone of [this.#insertedThenDeleted, made, this.#released.keys()])
      for (const entity of gone) if (!hasRow(entity)) evict(em, entity);
    for (const entity of this.#released.keys()) noteUnlinked(entity);
    for (const entity of undone.keys()) {
      noteUnread(entity);
      loseRow(em, entity);
    }
    for (const entity of [...made, ...removedByHooks]) unstage(em, entity);
    for (const entity of this.direct.upserted) loseRow(em, entity);
    const inserted = [...this.#now]
      .filter(([entity, change]) => change === 'new' && !made.has(entity))
      .map(([entity]) => entity);
    if (inserted.length > 0) stageFirst(em, inserted);
    for (const entity of this.byHooks.kept) if (hasRow(entity)) stageRemoval(em, entity);
    for (const entity of removed)
      if (!kept.has(entity) && !removedByHooks.has(entity)) stageRemoval(em, entity);
    for (const [entity, snapshot] of this.#deletedThenGone)
      if (!isPersisted(em, entity)) {
        forgetDeletion(entity);
        giveRowBack(snapshot);
        replaceReferences(em, entity);
      }
    return forgotten.map(({ entity }) => entity);
  }

  /** Takes out what was read of rows that are undone, and cannot be staged again. @returns it, by what was of these rows */
  #takeUndone(em: SqlEm): Map<object, object> {
    const undone = readOfUndone(em, this.#released, this.#entities);
    for (const entity of undone.keys()) {
      for (const known of [this.#entities, this.#now, this.#taken, this.byHooks.kept]) known.delete(entity);
      for (const list of collectionsOf(entity)) this.#collections.delete(list);
      unstage(em, entity);
    }
    return undone;
  }

  /** The lists as they were, without what has left the session: it would be staged by being in one. */
  #lists(): Iterable<CollectionSnapshot> {
    if (this.#gone.size === 0) return this.#collections.values();
    const stays = (item: object) => !this.#gone.has(item);
    return Array.from(this.#collections.values(), ({ items, inDatabase, ...list }) => {
      return { ...list, items: items.filter(stays), inDatabase: inDatabase.filter(stays) };
    });
  }

  #snapshot(em: SqlEm, entity: object, change?: ChangeSet<object>): EntitySnapshot {
    let snapshot = this.#entities.get(entity);
    if (snapshot === undefined) this.#entities.set(entity, (snapshot = snapshotEntity(em, entity, change)));
    else addGenerated(snapshot, takeGenerated(entity));
    forEachCollectionAround(entity, collection => this.#snapshotCollection(collection));
    return snapshot;
  }

  #snapshotCollection(collection: Collection<object>): void {
    // It may be loaded later in the transaction, and what was there before is not known.
    if (!collection.isInitialized() && !collection.isDirty()) return;
    // A flush does not change an empty collection of a new entity.
    if (!hasRow(collection.owner) && !collection.isDirty() && collection.isEmpty()) return;
    if (!this.#collections.has(collection)) this.#collections.set(collection, snapshotCollection(collection));
  }

  /** After a delete MikroORM takes the entity out of everything that refers to it. */
  #snapshotReferrers(em: SqlEm, referrers: Referrers, entity: object): void {
    for (const [referrer, value] of referrers.of(entity)) {
      if (value instanceof Collection) this.#snapshotCollection(value as Collection<object>);
      else this.#snapshot(em, referrer);
    }
  }

  #count(entity: object, change: Change): void {
    if (change === 'removed') {
      this.#hasRemoved = true;
      noteDeletion(entity);
    } else forgetDeletion(entity);
    if (change === 'new') noteInserted(entity);
    if (this.#taken.size > 0) this.#taken.delete(entity);
    this.byHooks.forget(entity, change);
    const both = combined(this.#now.get(entity), change);
    if (both !== undefined) {
      this.#now.set(entity, both);
      if (this.#insertedThenDeleted.size > 0) this.#insertedThenDeleted.delete(entity);
    } else if (this.#now.delete(entity)) this.#insertedThenDeleted.add(entity);
  }
}
