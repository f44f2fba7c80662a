import { types } from 'node:util';
import type { Coroutine } from './coroutine.ts';
import {
  assertFunction,
  type Callable,
  type CallBack,
  define,
  textOf,
  waited,
  type Waiting,
  type WaitingByName,
  walk,
  walkOf,
} from './waiting.ts';
import { iteratorPrototype } from './typed-generators.ts';
import { ofIterators } from './waiting-iterators.ts';
import { isConstructor, notIterable } from './v8-messages.ts';
import { ofArrays, ofTypedArrays } from './waiting-lists.ts';
import { isPrimitive } from './values.ts';
import { Array, from, Map, Object, Reflect, String, Symbol, withOwnMethods } from './language.ts';

const ofMaps: WaitingByName = {
  *forEach(self: ReadonlyMap<unknown, unknown>, [callback, receiver], call) {
    assertFunction(callback);
    for (const [key, value] of self) yield* waited(call(callback, receiver, value, key, self));
  },
};

const ofSets: WaitingByName = {
  *forEach(self: ReadonlySet<unknown>, [callback, receiver], call) {
    assertFunction(callback);
    for (const value of self) yield* waited(call(callback, receiver, value, value, self));
  },
};

function likeArray(list: unknown): object {
  return from(list as ArrayLike<unknown>)[Symbol.iterator]();
}

function refuse(value: unknown): never {
  throw notIterable(value, undefined, 'plain');
}

const ofArray: WaitingByName = {
  *from(self: unknown, [source, callback, receiver], call) {
    if (callback !== undefined) assertFunction(callback);
    const list = (
      typeof self === 'function' && self !== Array ? Reflect.construct(self, []) : []
    ) as unknown[];
    let index = 0;
    yield* walk(yield* walkOf(source, likeArray), function* (item) {
      const value = callback === undefined ? item : yield* waited(call(callback, receiver, item, index));
      define(list, index++, value);
    });
    list.length = index;
    return list;
  },
};

const ofTypedArray: WaitingByName = {
  *from(self: unknown, args, call) {
    const items = yield* ofArray['from']?.(Array as never, args, call) ?? [];
    return Reflect.construct(self as Callable, [items]) as unknown;
  },
};

const ofObject: WaitingByName = {
  *groupBy(_: unknown, [source, callback], call) {
    const groups = Object.create(null) as Record<PropertyKey, unknown[]>;
    assertFunction(callback);
    let index = 0;
    yield* walk(yield* walkOf(source, refuse), function* (item) {
      const key = (yield* waited(call(callback, undefined, item, index++))) as PropertyKey;
      const name = typeof key === 'symbol' ? key : textOf(key, call);
      (groups[name] ??= []).push(item);
    });
    return groups;
  },
};

const ofMap: WaitingByName = {
  *groupBy(_: unknown, [source, callback], call) {
    const groups = new Map<unknown, unknown[]>();
    assertFunction(callback);
    let index = 0;
    yield* walk(yield* walkOf(source, refuse), function* (item) {
      const key = yield* waited(call(callback, undefined, item, index++));
      // A Map knows no negative zero.
      const group = groups.get(key) ?? [];
      group.push(item);
      groups.set(key, group);
    });
    return groups;
  },
};

const ofStrings: WaitingByName = {
  replace: (self: unknown, args, call) => replaceIn(self, args, call, 'replace'),
  replaceAll: (self: unknown, args, call) => replaceIn(self, args, call, 'replaceAll'),
};

/** Finds the places first, as JavaScript does, and then asks for the text of each. An object may replace in a way of its own. */
function* replaceIn(
  self: unknown,
  [pattern, replacer]: readonly unknown[],
  call: CallBack,
  name: 'replace' | 'replaceAll',
): Coroutine {
  const replace = Reflect.get(String.prototype, name) as Callable;
  if (typeof replacer !== 'function') return Reflect.apply(replace, self, [pattern, replacer]);
  const own =
    isPrimitive(pattern) || types.isRegExp(pattern)
      ? undefined
      : Reflect.get(pattern as object, Symbol.replace);
  if (own !== undefined && own !== null) return yield* waited(call(own, pattern, self, replacer));
  const found: unknown[][] = [];
  const text = String(self);
  Reflect.apply(replace, text, [
    pattern,
    (...args: unknown[]) => {
      found.push(args);
      return '';
    },
  ]);
  let result = '';
  let end = 0;
  for (const args of found) {
    const groups = typeof args.at(-1) === 'object' ? 1 : 0;
    const at = args.at(-2 - groups) as number;
    const matched = args[0] as string;
    result += text.slice(end, at) + textOf(yield* waited(call(replacer, undefined, ...args)), call);
    end = at + matched.length;
  }
  return result + text.slice(end);
}

type Takes = (self: unknown) => boolean;

const anything: Takes = () => true;
const what: Takes = self => self !== undefined && self !== null;
const objects: Takes = self => !isPrimitive(self);

/** Functions of JavaScript's by what they are, so that a name or a computed key finds them as well. */
const waitingBuiltins = withOwnMethods(
  new Map<unknown, { readonly waiting: Waiting; readonly takes: Takes }>([
    ...methods(Array.prototype, ofArrays, what),
    ...methods(Object.getPrototypeOf(Int8Array.prototype) as object, ofTypedArrays(), types.isTypedArray),
    ...methods(Object.getPrototypeOf(Int8Array) as object, ofTypedArray, isConstructor),
    ...methods(iteratorPrototype, ofIterators, objects),
    ...methods(Map.prototype, ofMaps, types.isMap),
    ...methods(Set.prototype, ofSets, types.isSet),
    ...methods(Array, ofArray, anything),
    ...methods(Object, ofObject, anything),
    ...methods(Map, ofMap, anything),
    ...methods(String.prototype, ofStrings, what),
  ]),
);

/** How a function of JavaScript's waits. It says itself what is wrong with what it is not made to be called on. */
export function waitingBuiltin(callee: unknown, self: unknown): Waiting | undefined {
  const known = waitingBuiltins.get(callee);
  return known?.takes(self) ? known.waiting : undefined;
}

/** What a collection has besides the methods of arrays. */
const ofCollections: WaitingByName = {
  ...(ofArrays['some'] && { exists: ofArrays['some'] }),
  *remove(self: Iterable<unknown> & { remove(item: unknown): unknown }, [callback], call) {
    const items = [...self];
    for (let index = 0; index < items.length; index++)
      if (yield* waited(call(callback, undefined, items[index]))) self.remove(items[index]);
  },
};

/** How a collection's own method waits: as that of an array under the same name, or in a way of its own. */
export function waitingMethod(name: string): Waiting | undefined {
  const owner = Object.hasOwn(ofCollections, name) ? ofCollections : ofArrays;
  return Object.hasOwn(owner, name) ? owner[name] : undefined;
}

function methods(
  owner: object,
  all: WaitingByName,
  takes: Takes,
): [unknown, { readonly waiting: Waiting; readonly takes: Takes }][] {
  return Object.entries(all).map(([name, waiting]) => [Reflect.get(owner, name), { waiting, takes }]);
}
