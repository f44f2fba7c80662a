import { Collection, type EntityProperty, helper, Reference, ReferenceKind } from '@mikro-orm/core';
import type { SqlEm } from '../mikro-orm/orm.ts';
import type { Change } from './report.ts';

/** What an entity and MikroORM's notes about it were before a flush wrote it. */
export interface EntitySnapshot {
  readonly entity: object;
  readonly change: Change;
  readonly data: Readonly<Record<string, unknown>>;
  /** What there was of the primary key. */
  readonly keys: Readonly<Record<string, unknown>>;
  readonly original: Record<string, unknown> | undefined;
  readonly managed: boolean;
  readonly initialized: boolean;
  readonly em: ReturnType<typeof helper>['__em'];
}

/** What a collection held before a flush. */
export interface CollectionSnapshot {
  readonly collection: Collection<object>;
  readonly items: readonly object[];
  readonly snapshot: readonly object[];
  readonly dirty: boolean;
}

export function snapshotEntity(entity: object, change: Change): EntitySnapshot {
  const wrapped = helper(entity);
  const lost = lostKeys(entity);
  return {
    entity,
    change,
    data: { ...wrapped.__data, ...lost },
    keys: { ...rememberKeys(entity), ...lost },
    original: wrapped.__originalEntityData && { ...wrapped.__originalEntityData },
    managed: wrapped.__managed,
    initialized: wrapped.__initialized,
    em: wrapped.__em,
  };
}

/** Most new entities have no key; they share one record of that. */
const NO_KEYS: Readonly<Record<string, unknown>> = {};

function rememberKeys(entity: object): Readonly<Record<string, unknown>> {
  const present = helper(entity).__meta.primaryKeys.filter(name => Object.hasOwn(entity, name));
  if (present.length === 0) return NO_KEYS;
  return Object.fromEntries(present.map(name => [name, Reflect.get(entity, name) as unknown]));
}

/** What was taken out of the list of something that is a part of its key has lost that part, and has a row of it still. */
function lostKeys(entity: object): Readonly<Record<string, unknown>> | undefined {
  const { __meta: meta, __originalEntityData: original, __em: em } = helper(entity);
  if (!meta.compositePK || original === undefined || em === undefined) return undefined;
  const lost = meta.primaryKeys.filter(name => Reflect.get(entity, name) == null);
  return Object.fromEntries(
    lost.map((name): [string, unknown] => {
      const { targetMeta } = Reflect.get(meta.properties, name) as EntityProperty;
      const key = Reflect.get(original, name);
      return [name, targetMeta === undefined ? key : em.getReference(targetMeta.class, key)];
    }),
  );
}

export function snapshotCollection(collection: Collection<object>): CollectionSnapshot {
  return {
    collection,
    items: collection.getItems(false),
    snapshot: [...(collection.getSnapshot() ?? [])],
    dirty: collection.isDirty(),
  };
}

/**
 * Takes MikroORM's notes back to before the flush. `values` says what becomes of the fields: those from before,
 * or those of now, in which case only a generated key is emptied again.
 */
export function restoreEntity(em: SqlEm, memory: EntitySnapshot, values: 'before' | 'now'): void {
  const { entity, original } = memory;
  const wrapped = helper(entity);
  const map = em.getUnitOfWork().getIdentityMap();
  if (wrapped.hasPrimaryKey()) map.delete(entity);
  for (const name of wrapped.__meta.primaryKeys) {
    if (!Object.hasOwn(memory.keys, name)) Reflect.deleteProperty(entity, name);
    else if (Reflect.get(entity, name) !== memory.keys[name]) Reflect.set(entity, name, memory.keys[name]);
  }
  const now = wrapped.__data;
  if (values === 'before') for (const name of Object.keys(now)) if (!(name in memory.data)) delete now[name];
  // A delete takes the deleted entity out of the fields that refer to it.
  for (const name of Object.keys(memory.data)) {
    if (values === 'before' || !(name in now)) now[name] = memory.data[name];
    // MikroORM takes a field off by deleting its accessor; assigning makes a new one.
    if (!Object.hasOwn(entity, name)) Reflect.set(entity, name, now[name]);
  }
  delete wrapped.__identifier;
  delete wrapped.__pk;
  if (original === undefined) delete wrapped.__originalEntityData;
  else wrapped.__originalEntityData = { ...original };
  wrapped.__managed = memory.managed;
  wrapped.__initialized = memory.initialized;
  wrapped.__processing = false;
  if (memory.em === undefined) delete wrapped.__em;
  else wrapped.__em = memory.em;
  if (wrapped.hasPrimaryKey()) map.store(entity);
}

/** Two passes: taking a snapshot of one side of a many-to-many relation also takes one of the other. */
export function restoreCollections(memories: Iterable<CollectionSnapshot>, values: 'before' | 'now'): void {
  const all = [...memories].map(memory => {
    return values === 'before'
      ? memory
      : { ...memory, items: memory.collection.getItems(false), dirty: true };
  });
  for (const { collection, snapshot } of all) {
    fill(collection, snapshot);
    collection.takeSnapshot();
  }
  for (const { collection, items, dirty } of all) {
    fill(collection, items);
    collection.setDirty(dirty);
  }
}

/** Puts a new entity back into the lists of the new entities it refers to: removing it took it out of them. */
export function restoreInverse(entity: object): void {
  for (const { name, kind, inversedBy } of helper(entity).__meta.relations) {
    if (kind !== ReferenceKind.MANY_TO_ONE || inversedBy === undefined) continue;
    const target: unknown = Reference.unwrapReference(Reflect.get(entity, name));
    if (typeof target !== 'object' || target === null || helper(target).__originalEntityData !== undefined)
      continue;
    const inverse: unknown = Reflect.get(target, inversedBy);
    if (inverse instanceof Collection && inverse.isInitialized()) inverse.addWithoutPropagation(entity);
  }
}

/** The collections that a flush of this entity may touch: its own, and those on the other side of its references. */
export function collectionsAround(entity: object): Set<Collection<object>> {
  const found = new Set<Collection<object>>();
  for (const prop of helper(entity).__meta.relations) {
    const value: unknown = Reference.unwrapReference(Reflect.get(entity, prop.name));
    if (value instanceof Collection) {
      found.add(value);
      if (prop.kind !== ReferenceKind.MANY_TO_MANY) continue;
      for (const item of value.getItems(false) as object[])
        addInverse(found, item, prop.inversedBy ?? prop.mappedBy);
    } else if (typeof value === 'object' && value !== null) {
      addInverse(found, value, prop.inversedBy ?? prop.mappedBy);
    }
  }
  return found;
}

function addInverse(found: Set<Collection<object>>, entity: object, name: string | undefined): void {
  const inverse: unknown = name === undefined ? undefined : Reflect.get(entity, name);
  if (inverse instanceof Collection) found.add(inverse);
}

function fill(collection: Collection<object>, items: readonly object[]): void {
  const wanted = new Set(items);
  const present: object[] = collection.getItems(false);
  if (present.length === wanted.size && present.every((item, i) => item === items[i])) return;
  for (const item of present) collection.removeWithoutPropagation(item);
  for (const item of wanted) collection.addWithoutPropagation(item);
}
