import { types } from 'node:util';
import { callFromPlain, plainCode } from './coroutine.ts';
import type { Overrides } from './overrides.ts';
import type { LazySource } from './lazy-source.ts';
import { Object, Reflect, withOwnMethods } from './language.ts';
import { isPrimitive, isPromise } from './values.ts';

/** The same source, which does not see what typed code has overwritten of JavaScript. */
export function asideSource(source: LazySource, overrides: Overrides): LazySource {
  /** The session also knows itself what is not loaded. */
  const aside = <T>(call: () => T): T => {
    const known = plainCode.runs ? () => callFromPlain(call) : call;
    return overrides.isApplied ? overrides.aside(known) : known();
  };
  /** The prototypes of objects that the session knows nothing of; to ask it takes longer than most reads. */
  const plain = withOwnMethods(new WeakSet<object>());
  const isPlain = (value: unknown): boolean => {
    const prototype =
      typeof value === 'object' && value !== null && !types.isProxy(value)
        ? Object.getPrototypeOf(value)
        : undefined;
    if (prototype && plain.has(prototype as object)) return true;
    const found = aside(() => source.isPlain(value));
    if (prototype && found) plain.add(prototype as object);
    return found;
  };
  const isOther = (value: unknown): boolean => overrides.isApplied && (isPrimitive(value) || isPlain(value));
  /** Whether the session has a part in reading a property; if not, what was overwritten may be what is read. */
  const isOfSession = (object: unknown, key: PropertyKey): boolean =>
    typeof object === 'function' ? key === 'query' : !isPlain(object);
  return {
    // These run at every read: without anything overwritten they cost one look.
    read: (object, key) => {
      if (!overrides.isApplied && !plainCode.runs) return source.read(object, key);
      return isOfSession(object, key) ? aside(() => source.read(object, key)) : propertyOf(object, key);
    },
    readSync: (object, key) => {
      if (!overrides.isApplied && !plainCode.runs) return source.readSync(object, key);
      return isOfSession(object, key) ? aside(() => source.readSync(object, key)) : propertyOf(object, key);
    },
    target: (object, key) =>
      overrides.isApplied
        ? overrides.aside(() => settingAside(source.target(object, key), key, overrides))
        : source.target(object, key),
    targetSync: (object, key) =>
      overrides.isApplied
        ? overrides.aside(() => settingAside(source.targetSync(object, key), key, overrides))
        : source.targetSync(object, key),
    isPlain,
    touch: (value, look) => aside(() => source.touch(value, look)),
    cannotWait: typed => aside(() => source.cannotWait(typed)),
    isEntity: value => !isOther(value) && aside(() => source.isEntity(value)),
    constructorOf: value => aside(() => source.constructorOf(value)),
    isQuery: (value): value is AsyncIterable<unknown> =>
      !isOther(value) && aside(() => source.isQuery(value)),
    isCollection: value => !isOther(value) && aside(() => source.isCollection(value)),
  };
}

function propertyOf(object: unknown, key: PropertyKey): unknown {
  return (object as Record<PropertyKey, unknown>)[key];
}

/** What an assignment is made to in the place of an object whose setters are not to see what is overwritten. */
function settingAside(found: unknown, key: PropertyKey, overrides: Overrides): unknown {
  if (isPromise(found)) return found.then(object => settingAside(object, key, overrides));
  const set = (value: unknown) => overrides.aside(() => Reflect.set(found as object, key, value));
  return Object.defineProperty({}, key, { set });
}
