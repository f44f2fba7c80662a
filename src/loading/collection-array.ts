import { Collection } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';

/** Members of a Collection that work without its items. */
const WITHOUT_ITEMS = new Set<PropertyKey>([
  'add',
  'constructor',
  'get',
  'getSnapshot',
  'hydrate',
  'init',
  'isDirty',
  'isInitialized',
  'isPartial',
  'load',
  'loadCount',
  'loadItems',
  'matching',
  'owner',
  'populated',
  'property',
  'removeAll',
  'set',
  'setDirty',
  'shouldPopulate',
  'takeSnapshot',
  '$',
]);

/** What puts items into places of an array; `push` adds at the end, where a collection does. */
const CHANGING = new Set<PropertyKey>(['copyWithin', 'fill', 'pop', 'shift', 'splice', 'unshift']);

const methods = new Map<PropertyKey, (this: Collection<object>, ...args: unknown[]) => unknown>();

/** What the prompt has for `collection.push(…)`. */
function push(this: Collection<object>, ...items: object[]): number {
  if (items.length > 0) this.add(items);
  return this.count();
}

/** Whether this property of a collection needs its items. */
export function needsItems(key: PropertyKey): boolean {
  if (WITHOUT_ITEMS.has(key)) return false;
  if (typeof key === 'symbol') return key === Symbol.iterator;
  return isPlace(key) || key in Collection.prototype || key in Array.prototype;
}

const isPlace = (key: PropertyKey): boolean => /^\d+$/.test(String(key));

/**
 * A collection would keep what is assigned to one of its places beside its items, and write nothing of it.
 *
 * @throws MikroscopeError `BadArgument` for a place, and for the length
 */
export function assertNoPlace(collection: Collection<object>, key: PropertyKey): void {
  if (isPlace(key) || key === 'length') throw noPlaces(collection);
}

function noPlaces({ owner, property }: Collection<object>): MikroscopeError {
  return new MikroscopeError(
    'BadArgument',
    `${owner.constructor.name}.${property.name} is a list of entities, and nothing is put into its places`,
    'add(), remove() and set([…]) change it.',
  );
}

/** A method that arrays have and collections lack, on the items; those that would change the array say what does. */
export function arrayMethod(collection: Collection<object>, key: PropertyKey): unknown {
  if (key === 'push') return push;
  if (key in collection || typeof key !== 'string') return undefined;
  const method: unknown = Reflect.get(Array.prototype, key);
  if (typeof method !== 'function') return undefined;
  let adapted = methods.get(key);
  if (adapted === undefined) {
    adapted = function (...args) {
      if (CHANGING.has(key)) throw noPlaces(this);
      return Reflect.apply(method, this.getItems(), args);
    };
    Object.defineProperty(adapted, 'name', { value: key });
    methods.set(key, adapted);
  }
  return adapted;
}
