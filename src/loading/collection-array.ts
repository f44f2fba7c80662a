import { Collection } from '@mikro-orm/core';

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

/** `push` adds at the end, where a collection does; the others make no list of entities. */
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
  return /^\d+$/.test(String(key)) || key in Collection.prototype || key in Array.prototype;
}

/** A method that arrays have and collections lack, on the items; undefined for those that would change the array. */
export function arrayMethod(collection: Collection<object>, key: PropertyKey): unknown {
  if (key === 'push') return push;
  if (key in collection || CHANGING.has(key) || typeof key !== 'string') return undefined;
  const method: unknown = Reflect.get(Array.prototype, key);
  if (typeof method !== 'function') return undefined;
  let adapted = methods.get(key);
  if (adapted === undefined) {
    adapted = function (...args) {
      return Reflect.apply(method, this.getItems(), args);
    };
    Object.defineProperty(adapted, 'name', { value: key });
    methods.set(key, adapted);
  }
  return adapted;
}
