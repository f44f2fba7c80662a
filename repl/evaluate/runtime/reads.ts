import { types } from 'node:util';
import { refusePromise } from './coroutine.ts';
import { Object, Reflect, toObject, String } from './language.ts';
import type { LazySource } from './lazy-source.ts';
import { patient } from './callbacks.ts';
import { type Callback, isPrimitive, isPromise } from './values.ts';

export type Reads = ReturnType<typeof createReads>;

/** Reads of properties, which may load from the database. */
export function createReads(source: LazySource, waits: boolean) {
  const readObject = waits
    ? (object: unknown, key: PropertyKey) => source.read(object, key)
    : (object: unknown, key: PropertyKey) => source.readSync(object, key);
  const touched = (value: unknown): unknown => source.touch(value, 'text')?.then(() => value) ?? value;
  const shown = (value: unknown): unknown => {
    if (isPrimitive(value)) return value;
    return isPromise(value) ? value.then(shown) : touched(value);
  };
  const read = (object: unknown, key: PropertyKey): unknown => {
    if (isPlainData(object)) return (object as Record<PropertyKey, unknown>)[key];
    if (!isPromise(object) || key === 'then' || key === 'catch' || key === 'finally')
      return readObject(object, key);
    return waits
      ? object.then(value => read(value, key))
      : refusePromise(object, () => source.cannotWait(`What ${String(key)} is read of`));
  };
  return {
    isPlain: (value: unknown): boolean => isPlainData(value) || (!isPromise(value) && source.isPlain(value)),
    /** @param object what a property is read of, or a promise of that */
    read,
    /** @returns what an assignment to a property is made to, or a promise of it */
    target: (object: unknown, key: PropertyKey): unknown => {
      if (isPlainData(object)) return object;
      return waits ? source.target(object, key) : source.targetSync(object, key);
    },
    /** @returns the value, or a promise of it while what has expired in it is loaded again */
    shown,
    /** `then` and the like of a promise, or of what it has become while it was waited for. */
    reactionOf(object: unknown, key: 'then' | 'catch' | 'finally'): unknown {
      const method = read(object, key);
      if (method !== undefined) return method;
      return (...reactions: unknown[]) =>
        Reflect.apply(reactionsOf[key], Promise.resolve(object), reactions.map(patient));
    },
    /** `one == other`, or a promise of it while what becomes a string there is loaded again. */
    areEqual(one: unknown, other: unknown): unknown {
      // oxlint-disable-next-line eslint/eqeqeq -- it was typed
      const compare = () => one == other;
      const isText = typeof one === 'string' || typeof other === 'string';
      if (!isText || isPrimitive(one) === isPrimitive(other)) return compare();
      return source.touch([one, other], 'text')?.then(compare) ?? compare();
    },
    /** What `...rest` gets of an object, or a promise of that while it is loaded again. */
    restOf: (object: unknown, keys: readonly PropertyKey[]): unknown =>
      source.touch(object, 'fields')?.then(() => restOf(object, keys)) ?? restOf(object, keys),
  };
}

/** The methods of promises. */
const reactionsOf = Object.create(null, Object.getOwnPropertyDescriptors(Promise.prototype)) as Record<
  'then' | 'catch' | 'finally',
  Callback
>;

function restOf(object: unknown, keys: readonly PropertyKey[]): object {
  const rest = {};
  const excluded = Object.create(null) as Record<PropertyKey, boolean>;
  for (let index = 0; index < keys.length; index++) excluded[keys[index] as PropertyKey] = true;
  const all = Reflect.ownKeys(toObject(object));
  for (let index = 0; index < all.length; index++) {
    const key = all[index] as PropertyKey;
    if (excluded[key] === true || !Object.getOwnPropertyDescriptor(object, key)?.enumerable) continue;
    const value: unknown = (object as Record<PropertyKey, unknown>)[key];
    Object.defineProperty(rest, key, { value, writable: true, enumerable: true, configurable: true });
  }
  return rest;
}

const { isProxy } = types;
const { prototype: ofObjects } = Object;
const { prototype: ofArrays } = Array;

/** The two objects that were last found to be plain: a loop, or a sort, mostly asks for the same ones again. */
let lastPlain: object | undefined;
let previousPlain: object | undefined;

/** Whether a value is a primitive, an object literal or an array: most are, and the session need not be asked. */
function isPlainData(value: unknown): boolean {
  if (value === lastPlain || value === previousPlain) return true;
  if (typeof value !== 'object' || value === null) return typeof value !== 'function';
  // A proxy would hear of the question for its prototype.
  if (isProxy(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== ofObjects && prototype !== ofArrays) return false;
  previousPlain = lastPlain;
  lastPlain = value;
  return true;
}
