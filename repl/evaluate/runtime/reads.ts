import { convertedLater, isConvertedAlone } from './conversion.ts';
import { refusePromise } from './coroutine.ts';
import { beginCopy, endCopy } from './handed-over.ts';
import { Object, Reflect, String, toObject } from './language.ts';
import type { LazySource, Look } from './lazy-source.ts';
import { patient } from './callbacks.ts';
import { type Callback, isPlainData, isPrimitive, isPromise } from './values.ts';

export type Reads = ReturnType<typeof createReads>;

/** Reads of properties, which may load from the database. */
export function createReads(source: LazySource, waits: boolean) {
  const readObject = waits
    ? (object: unknown, key: PropertyKey) => source.read(object, key)
    : (object: unknown, key: PropertyKey) => source.readSync(object, key);
  /** The two objects that were last found to be plain: a loop, or a sort, mostly asks for the same ones again. */
  let lastPlain: object | undefined;
  let previousPlain: object | undefined;
  /** The value, or a promise of it while what a look at it reads is loaded. */
  const fresh = (value: unknown, look: Look): unknown =>
    source.touch(value, look)?.then(() => value) ?? value;
  const shown = (value: unknown): unknown => {
    if (isConvertedAlone(value)) return value;
    if (isPromise(value)) return value.then(shown);
    const loaded = fresh(value, 'text');
    return isPromise(loaded) ? loaded.then(converted) : converted(value);
  };
  const converted = (value: unknown): unknown => convertedLater(value, typed => source.cannotWait(typed));
  const copied = (value: unknown): unknown => {
    if (isPrimitive(value)) return value;
    if (isPromise(value)) return value.then(copied);
    // Its rows are not its properties: the error says so.
    if (source.isQuery(value)) readObject(value, 0);
    return fresh(value, 'fields');
  };
  /** @throws what the session says of an accessor that gave a promise to a copy */
  const copiedAll = (): undefined => {
    const given = endCopy();
    return given && refusePromise(given, () => source.cannotWait('An accessor of what is copied'));
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
    isPlain(value: unknown): boolean {
      if (value === lastPlain || value === previousPlain) return true;
      if (!isPlainData(value) && (isPromise(value) || !source.isPlain(value))) return false;
      if (typeof value === 'object' && value !== null) {
        previousPlain = lastPlain;
        lastPlain = value;
      }
      return true;
    },
    /** @param object what a property is read of, or a promise of that */
    read,
    /** @returns what an assignment to a property is made to, or a promise of it */
    target: (object: unknown, key: PropertyKey): unknown => {
      if (isPlainData(object)) return object;
      return waits ? source.target(object, key) : source.targetSync(object, key);
    },
    /** @returns what a value is converted as, or a promise of that while what is read then is loaded */
    shown,
    /** @returns a value that is spread, or a promise of it while what has expired in it is loaded again */
    copied,
    copy: beginCopy,
    copiedAll,
    /** `then` and the like of a promise, or of what it has become while it was waited for. */
    reactionOf(object: unknown, key: 'then' | 'catch' | 'finally'): unknown {
      const hasNone =
        object === null ||
        object === undefined ||
        (source.isEntity(object) && !Reflect.has(toObject(object), key));
      const method = hasNone ? undefined : read(object, key);
      if (method !== undefined) return method;
      return (...reactions: unknown[]) =>
        Reflect.apply(reactionsOf[key], Promise.resolve(object), reactions.map(patient));
    },
    /** `one == other`, or a promise of it while what becomes a string there is loaded again. */
    areEqual(one: unknown, other: unknown): unknown {
      // Only an object beside a primitive is converted, and not for null.
      if (isPrimitive(one) === isPrimitive(other) || isNullish(one) || isNullish(other))
        // oxlint-disable-next-line eslint/eqeqeq -- it was typed
        return one == other;
      // oxlint-disable-next-line eslint/eqeqeq -- it was typed
      const compare = () => converted(one) == converted(other);
      const isText = typeof one === 'string' || typeof other === 'string';
      return (isText ? source.touch([one, other], 'text')?.then(compare) : undefined) ?? compare();
    },
    /** What `...rest` gets of an object, or a promise of that while it is loaded again. */
    restOf(object: unknown, keys: readonly PropertyKey[]): unknown {
      const copy = () => {
        beginCopy(object);
        const rest = restOf(object, keys);
        copiedAll();
        return rest;
      };
      return source.touch(object, 'fields')?.then(copy) ?? copy();
    },
  };
}

/** The methods of promises. */
const reactionsOf = Object.create(null, Object.getOwnPropertyDescriptors(Promise.prototype)) as Record<
  'then' | 'catch' | 'finally',
  Callback
>;

function isNullish(value: unknown): boolean {
  return value === null || value === undefined;
}

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
