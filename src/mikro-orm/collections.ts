import { Collection, Reference, ReferenceKind } from '@mikro-orm/core';
import { metaOf } from './entity-state.ts';
import { perClass } from './per-class.ts';

/** What a collection held before a flush. */
export interface CollectionSnapshot {
  readonly collection: Collection<object>;
  readonly items: readonly object[];
  /** What the database has of it, as far as MikroORM knows. */
  readonly inDatabase: readonly object[];
  readonly dirty: boolean;
}

/** The collections of an entity. */
export function collectionsOf(entity: object): Collection<object>[] {
  const found: Collection<object>[] = [];
  forEachCollection(entity, list => found.push(list));
  return found;
}

type Visit = (collection: Collection<object>) => unknown;

/** Calls a function with each of them: of thousands of entities, a list for each costs. */
export function forEachCollection(entity: object, visit: Visit): void {
  for (const name of listNames(metaOf(entity))) {
    const value: unknown = Reflect.get(entity, name);
    if (value instanceof Collection) visit(value as Collection<object>);
  }
}

/** The names of the many-to-many lists of a class. */
export const manyToManyIn = perClass((meta): readonly string[] =>
  meta.relations.filter(({ kind }) => kind === ReferenceKind.MANY_TO_MANY).map(({ name }) => name),
);

const listNames = perClass((meta): readonly string[] =>
  meta.relations
    .filter(({ kind }) => kind === ReferenceKind.ONE_TO_MANY || kind === ReferenceKind.MANY_TO_MANY)
    .map(({ name }) => name),
);

/** Whether a collection holds something, or nobody knows. */
export function mayHaveItems(collection: Collection<object>): boolean {
  return !collection.isInitialized() || !collection.isEmpty();
}

/**
 * Calls a function with the collections that a flush of this entity may touch: its own, and those on the other side of its
 * references.
 */
export function forEachCollectionAround(entity: object, visit: Visit): void {
  for (const prop of metaOf(entity).relations) {
    const value: unknown = Reference.unwrapReference(Reflect.get(entity, prop.name));
    if (value instanceof Collection) {
      visit(value as Collection<object>);
      if (prop.kind !== ReferenceKind.MANY_TO_MANY) continue;
      for (const item of value.getItems(false) as object[])
        visitInverse(visit, item, prop.inversedBy ?? prop.mappedBy);
    } else if (typeof value === 'object' && value !== null) {
      visitInverse(visit, value, prop.inversedBy ?? prop.mappedBy);
    }
  }
}

export function snapshotCollection(collection: Collection<object>): CollectionSnapshot {
  return {
    collection,
    items: collection.getItems(false),
    inDatabase: [...(collection.getSnapshot() ?? [])],
    dirty: collection.isDirty(),
  };
}

/**
 * Fills collections and says what the database has of them. Two passes: MikroORM takes the snapshots of both sides of a
 * many-to-many relation at once. `values` says which items: those of the snapshot, or those of now, which are then dirty.
 */
export function restoreCollections(snapshots: Iterable<CollectionSnapshot>, values: 'before' | 'now'): void {
  const all = [...snapshots].map(snapshot => {
    return values === 'before'
      ? snapshot
      : { ...snapshot, items: snapshot.collection.getItems(false), dirty: true };
  });
  for (const { collection, inDatabase } of all) {
    fill(collection, inDatabase);
    collection.takeSnapshot();
  }
  for (const { collection, items, dirty } of all) {
    fill(collection, items);
    collection.setDirty(dirty);
  }
}

/** Says that the database has what the collection holds. */
export function acceptItems(collection: Collection<object>): void {
  collection.takeSnapshot();
}

/** Makes a collection that was never loaded an empty, loaded one. */
export function initializeEmpty(collection: Collection<object>): void {
  collection.hydrate([]);
}

/** Adds an item on this side alone. */
export function addOneSided(collection: Collection<object>, item: object): void {
  collection.addWithoutPropagation(item);
}

/** Removes an item on this side alone. */
export function removeOneSided(collection: Collection<object>, item: object): void {
  collection.removeWithoutPropagation(item);
}

/** Takes an item out whose row is gone, which is no change of the collection. */
export function forgetItem(collection: Collection<object>, item: object): void {
  const isDirty = collection.isDirty();
  const inDatabase = collection.getSnapshot() ?? [];
  const known = inDatabase.indexOf(item);
  if (known >= 0) inDatabase.splice(known, 1);
  removeOneSided(collection, item);
  collection.setDirty(isDirty);
}

/** Removes an item that was added on this side alone; what the database has is then no change. */
export function takeBack(collection: Collection<object>, item: object): void {
  removeOneSided(collection, item);
  forgetNoChange(collection);
}

/** Adds items that were taken out on this side alone; what the database has is then no change. */
export function addBack(collection: Collection<object>, items: Iterable<object>): void {
  for (const item of items) addOneSided(collection, item);
  forgetNoChange(collection);
}

function forgetNoChange(collection: Collection<object>): void {
  if (isSame(collection.getItems(false), collection.getSnapshot() ?? [])) collection.setDirty(false);
}

/** Makes the many-to-many collections of an entity what the database has, as far as that is known, on both sides. */
export function revertCollections(entity: object): void {
  const reverted: CollectionSnapshot[] = [];
  for (const collection of collectionsOf(entity)) {
    if (collection.property.kind !== ReferenceKind.MANY_TO_MANY || !collection.isDirty()) continue;
    const snapshot = snapshotCollection(collection);
    reverted.push({ ...snapshot, items: snapshot.inDatabase, dirty: false });
    const [before, now] = [new Set(snapshot.inDatabase), new Set(snapshot.items)];
    for (const member of new Set([...before, ...now])) {
      if (before.has(member) === now.has(member)) continue;
      const { inversedBy, mappedBy } = collection.property;
      const side: unknown = Reflect.get(member, inversedBy ?? mappedBy ?? '');
      if (!(side instanceof Collection)) continue;
      const other = snapshotCollection(side as Collection<object>);
      const rest = other.items.filter(one => one !== entity);
      if (!side.isInitialized()) {
        // What is known of it came from elsewhere.
        if (now.has(member)) reverted.push({ ...other, items: rest, dirty: false });
        continue;
      }
      const items = before.has(member) ? [...rest, entity] : rest;
      reverted.push({ ...other, items, dirty: !isSame(items, other.inDatabase) });
    }
  }
  restoreCollections(reverted, 'before');
}

function isSame(some: readonly object[], others: readonly object[]): boolean {
  const other = new Set(others);
  return some.length === other.size && some.every(one => other.has(one));
}

function visitInverse(visit: Visit, entity: object, name: string | undefined): void {
  const inverse: unknown = name === undefined ? undefined : Reflect.get(entity, name);
  if (inverse instanceof Collection) visit(inverse as Collection<object>);
}

function fill(collection: Collection<object>, items: readonly object[]): void {
  const wanted = new Set(items);
  const present: object[] = collection.getItems(false);
  if (present.length === wanted.size && present.every((item, i) => item === items[i])) return;
  removeAllOneSided(collection, present);
  for (const item of wanted) collection.addWithoutPropagation(item);
}

/** Has a collection written as a whole, by both sides: the database has nothing of it. */
export function linkAgain(collection: Collection<object>): void {
  const items: object[] = collection.getItems(false);
  fill(collection, []);
  collection.takeSnapshot();
  collection.add(items);
}

/** The methods by which removing items does more than that. */
export const consequences = ['propagate', 'getEntityManager', 'validateModification'] as const;

/** MikroORM removes many items in one pass only with all that follows from it: one by one, it copies the rest each time. */
function removeAllOneSided(collection: Collection<object>, items: readonly object[]): void {
  if (!collection.isInitialized()) {
    for (const item of items) collection.removeWithoutPropagation(item);
    return;
  }
  for (const name of consequences)
    Object.defineProperty(collection, name, { value: () => undefined, configurable: true });
  try {
    collection.remove(items);
  } finally {
    for (const name of consequences) Reflect.deleteProperty(collection, name);
  }
}
