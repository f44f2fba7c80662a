import { type EntityMetadata, helper, ReferenceKind } from '@mikro-orm/core';

const lazy = new WeakMap<object, readonly string[]>();
/** The lazy fields that were loaded, and are not any more, as their row was read again without them. */
const unloaded = new WeakMap<object, Set<string>>();

/** The names of the lazy fields that an entity has loaded. */
export function loadedLazyFields(entity: object): string[] {
  const { __meta: meta, __loadedProperties: loaded } = helper(entity);
  return lazyFieldsOf(meta).filter(name => loaded.has(name));
}

/** The names of the lazy fields that an entity had loaded, until its row was read again without them. */
export function unloadedLazyFields(entity: object): string[] {
  const names = unloaded.get(entity);
  if (names === undefined) return [];
  const { __loadedProperties: loaded } = helper(entity);
  return [...names].filter(name => !loaded.has(name));
}

/** Takes the lazy fields that a flush has written, or a row has filled, for loaded. MikroORM does so only for what it queries. */
export function markLoaded(entity: object, values: object): void {
  const { __meta: meta, __loadedProperties: loaded } = helper(entity);
  for (const name of lazyFieldsOf(meta)) if (name in values) loaded.add(name);
}

/** Makes the next look at a lazy field read it again. */
export function unloadLazyField(entity: object, name: string): void {
  const wrapped = helper(entity);
  wrapped.__loadedProperties.delete(name);
  Reflect.deleteProperty(entity, name);
  Reflect.deleteProperty(wrapped.__data, name);
  // A value that the snapshot has, and the entity has not, would count as changed.
  if (wrapped.__originalEntityData) Reflect.deleteProperty(wrapped.__originalEntityData, name);
  const names = unloaded.get(entity) ?? new Set();
  unloaded.set(entity, names.add(name));
}

/** The names of the lazy fields of a class. */
export function lazyFieldsOf(meta: EntityMetadata): readonly string[] {
  let names = lazy.get(meta);
  if (names === undefined) {
    const scalar = new Set([ReferenceKind.SCALAR, ReferenceKind.EMBEDDED]);
    names = meta.props.filter(prop => prop.lazy === true && scalar.has(prop.kind)).map(({ name }) => name);
    lazy.set(meta, names);
  }
  return names;
}
