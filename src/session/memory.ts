import { Collection, helper, Reference, ReferenceKind } from '@mikro-orm/core';
import type { SqlEm } from '../database/orm.ts';
import type { Change } from './report.ts';

/** What an entity and MikroORM's notes about it were before a flush wrote it. */
export interface EntityMemory {
  readonly entity: object;
  readonly change: Change;
  readonly data: Readonly<Record<string, unknown>>;
  readonly keys: readonly (readonly [name: string, present: boolean, value: unknown])[];
  readonly original: Record<string, unknown> | undefined;
  readonly managed: boolean;
  readonly initialized: boolean;
  readonly em: ReturnType<typeof helper>['__em'];
}

/** What a collection held before a flush. */
export interface CollectionMemory {
  readonly collection: Collection<object>;
  readonly items: readonly object[];
  readonly snapshot: readonly object[];
  readonly dirty: boolean;
}

export function rememberEntity(entity: object, change: Change): EntityMemory {
  const wrapped = helper(entity);
  return {
    entity,
    change,
    data: { ...wrapped.__data },
    keys: wrapped.__meta.primaryKeys.map(name => [
      name,
      Object.hasOwn(entity, name),
      Reflect.get(entity, name),
    ]),
    original: wrapped.__originalEntityData && { ...wrapped.__originalEntityData },
    managed: wrapped.__managed,
    initialized: wrapped.__initialized,
    em: wrapped.__em,
  };
}

export function rememberCollection(collection: Collection<object>): CollectionMemory {
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
export function restoreEntity(em: SqlEm, memory: EntityMemory, values: 'before' | 'now'): void {
  const { entity, original } = memory;
  const wrapped = helper(entity);
  const map = em.getUnitOfWork().getIdentityMap();
  if (wrapped.hasPrimaryKey()) map.delete(entity);
  for (const [name, present, value] of memory.keys) {
    if (Reflect.get(entity, name) === value) continue;
    if (present) Reflect.set(entity, name, value);
    else Reflect.deleteProperty(entity, name);
  }
  const now = wrapped.__data;
  if (values === 'before') for (const name of Object.keys(now)) if (!(name in memory.data)) delete now[name];
  // A delete takes the deleted entity out of the fields that refer to it.
  for (const name of Object.keys(memory.data)) {
    if (values === 'before' || !(name in now)) now[name] = memory.data[name];
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
export function restoreCollections(memories: Iterable<CollectionMemory>, values: 'before' | 'now'): void {
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
