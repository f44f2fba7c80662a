import { Collection, Reference } from '@mikro-orm/core';
import { types } from 'node:util';
import { isEntity, isLoaded } from '../mikro-orm/entity-state.ts';
import type { RowLoader } from './row-loader.ts';

interface Walk {
  /** Whether objects with a prototype are entities or collections. */
  readonly isMapped: (prototype: object) => boolean;
  /** Whether objects with a prototype are looked into besides arrays, plain objects, Maps and Sets. */
  readonly opens: (prototype: object) => boolean;
  readonly loader: RowLoader;
  /** Whether what loaded entities refer to counts as well. */
  readonly isGraph: boolean;
}

/** What has to be loaded again in a value, at any depth, in the order in which it is shown. Runs no code of the value's. */
export function expiredIn(
  value: unknown,
  { isMapped, opens, loader, isGraph }: Walk,
): { readonly entities: object[]; readonly collections: Collection<object>[] } {
  const entities: object[] = [];
  const collections: Collection<object>[] = [];
  const seen = new Set<object>();
  const open: unknown[] = [value];
  for (let index = 0; index < open.length; index++) {
    const each = open[index];
    if (typeof each !== 'object' || each === null || types.isProxy(each)) continue;
    const prototype = Object.getPrototypeOf(each) as object | null;
    const isMappedObject = prototype !== null && isMapped(prototype);
    if (!isMappedObject && !isStructure(each, prototype) && !(prototype && opens(prototype))) continue;
    if (seen.has(each)) continue;
    seen.add(each);
    if (!isMappedObject) addParts(each, open);
    else if (each instanceof Collection) {
      const collection = each as Collection<object>;
      if (loader.needsLoadCollection(collection)) collections.push(collection);
      else addAll(collection.getItems(false), open);
    } else {
      if (loader.needsLoad(each)) entities.push(each);
      if (isGraph) addRelated(each, open);
    }
  }
  return { entities, collections };
}

function isStructure(value: object, prototype: object | null): boolean {
  return (
    prototype === Object.prototype ||
    prototype === null ||
    Array.isArray(value) ||
    types.isMap(value) ||
    types.isSet(value) ||
    types.isNativeError(value)
  );
}

function addParts(structure: object, parts: unknown[]): void {
  if (types.isMap(structure)) {
    for (const [key, value] of structure) parts.push(key, value);
  } else if (types.isSet(structure)) {
    addAll([...structure], parts);
  } else if (Array.isArray(structure)) {
    addAll(structure, parts);
  } else {
    for (const key of Reflect.ownKeys(structure)) {
      // The stack of an error is only written when it is asked for.
      const descriptor = key === 'stack' ? undefined : Object.getOwnPropertyDescriptor(structure, key);
      if (descriptor && 'value' in descriptor) parts.push(descriptor.value);
    }
  }
}

function addAll(items: readonly unknown[], parts: unknown[]): void {
  for (const item of items) if (typeof item === 'object' && item !== null) parts.push(item);
}

/** What an entity refers to, as far as that was loaded. */
function addRelated(entity: object, parts: unknown[]): void {
  for (const value of Object.values(entity)) {
    const related = Reference.isReference(value) ? Reference.unwrapReference(value) : (value as unknown);
    if (isEntity(related) ? isLoaded(related) : related instanceof Collection && related.isInitialized())
      parts.push(related);
  }
}
