import { type Coroutine, offerToWait } from './coroutine.ts';
import { Item, TypedGenerator, TypedHelper } from './typed-generators.ts';
import { isPromise } from './values.ts';

/** Calls a callback that may wait. @returns what it returns, or a promise of that */
export interface CallBack {
  (callback: unknown, self: unknown, ...args: unknown[]): unknown;
  /** The error for code that cannot wait for a callback. */
  readonly cannotWait: () => Error;
}

/**
 * A function of JavaScript's that calls callbacks, as a coroutine: it waits for each call before the next.
 *
 * @param self what it is called on
 */
export type Waiting = (self: never, args: readonly unknown[], call: CallBack) => Coroutine;

type WaitingByName = Readonly<Record<string, Waiting>>;
type List = ArrayLike<unknown>;
type Callable = (...args: unknown[]) => unknown;

function* waited(value: unknown): Coroutine {
  return isPromise(value) ? yield value : value;
}

/** Calls back for each item that is there, until `take` gives a result. */
function* visit(
  list: List,
  [callback, self]: readonly unknown[],
  call: CallBack,
  take: (result: unknown, index: number, item: unknown) => { value: unknown } | void,
  length = list.length,
): Generator<unknown, { value: unknown } | undefined, unknown> {
  assertFunction(callback);
  for (let index = 0; index < length; index++) {
    if (!(index in list)) continue;
    const item = list[index];
    let result = call(callback, self, item, index, list);
    if (isPromise(result)) result = yield result;
    const done = take(result, index, item);
    if (done) return done;
  }
  return undefined;
}

/** Looks at every index, holes too, from one end. */
function* search(
  list: List,
  [callback, self]: readonly unknown[],
  call: CallBack,
  step: 1 | -1,
): Generator<unknown, { item: unknown; index: number } | undefined, unknown> {
  assertFunction(callback);
  const { length } = list;
  for (let turn = 0, index = first(step, length); turn < length; turn++, index += step) {
    const item = list[index];
    if (yield* waited(call(callback, self, item, index, list))) return { item, index };
  }
  return undefined;
}

function* fold(list: List, args: readonly unknown[], call: CallBack, step: 1 | -1): Coroutine {
  const [callback, initial] = args;
  assertFunction(callback);
  const { length } = list;
  let accumulated = initial;
  let started = args.length > 1;
  for (let turn = 0, index = first(step, length); turn < length; turn++, index += step) {
    if (!(index in list)) continue;
    if (started) {
      const result = call(callback, undefined, accumulated, list[index], index, list);
      accumulated = isPromise(result) ? yield result : result;
    } else accumulated = list[index];
    started = true;
  }
  if (!started) throw new TypeError('Reduce of empty array with no initial value');
  return accumulated;
}

function first(step: 1 | -1, length: number): number {
  return step === 1 ? 0 : length - 1;
}

function* map(list: List, args: readonly unknown[], call: CallBack): Coroutine {
  assertFunction(args[0]);
  const { length } = list;
  const results = likeOf(list, length);
  yield* visit(list, args, call, (result, index) => define(results, index, result), length);
  return results;
}

/** The methods of Array. What JavaScript says of holes, of the length taken at the start, of `this` and of subclasses holds. */
const ofArrays: WaitingByName = {
  map,
  *filter(list: List, args, call) {
    assertFunction(args[0]);
    const { length } = list;
    const kept = likeOf(list, 0);
    let count = 0;
    yield* visit(list, args, call, (result, _, item) => void (result && define(kept, count++, item)), length);
    return kept;
  },
  *flatMap(list: List, args, call) {
    return ((yield* map(list, args, call)) as unknown[]).flat();
  },
  *forEach(list: List, args, call) {
    yield* visit(list, args, call, () => undefined);
  },
  *some(list: List, args, call) {
    const found = yield* visit(list, args, call, result => (result ? { value: true } : undefined));
    return found !== undefined;
  },
  *every(list: List, args, call) {
    const found = yield* visit(list, args, call, result => (result ? undefined : { value: false }));
    return found === undefined;
  },
  *find(list: List, args, call) {
    return (yield* search(list, args, call, 1))?.item;
  },
  *findIndex(list: List, args, call) {
    return (yield* search(list, args, call, 1))?.index ?? -1;
  },
  *findLast(list: List, args, call) {
    return (yield* search(list, args, call, -1))?.item;
  },
  *findLastIndex(list: List, args, call) {
    return (yield* search(list, args, call, -1))?.index ?? -1;
  },
  reduce: (list: List, args, call) => fold(list, args, call, 1),
  reduceRight: (list: List, args, call) => fold(list, args, call, -1),
};

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

const ofArray: WaitingByName = {
  *from(self: unknown, [source, callback, receiver], call) {
    if (callback !== undefined) assertFunction(callback);
    const list = (
      typeof self === 'function' && self !== Array ? Reflect.construct(self, []) : []
    ) as unknown[];
    let index = 0;
    yield* walk(iteratorOf(source), function* (item) {
      const value = callback === undefined ? item : yield* waited(call(callback, receiver, item, index));
      define(list, index++, value);
    });
    list.length = index;
    return list;
  },
};

const ofObject: WaitingByName = {
  *groupBy(_: unknown, [source, callback], call) {
    const groups = Object.create(null) as Record<PropertyKey, unknown[]>;
    assertFunction(callback);
    let index = 0;
    yield* walk(iteratorOf(source), function* (item) {
      const key = (yield* waited(call(callback, undefined, item, index++))) as PropertyKey;
      const name = typeof key === 'symbol' ? key : String(key);
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
    yield* walk(iteratorOf(source), function* (item) {
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

/** Finds the places first, as JavaScript does, and then asks for the text of each. */
function* replaceIn(
  self: unknown,
  [pattern, replacer]: readonly unknown[],
  call: CallBack,
  name: 'replace' | 'replaceAll',
): Coroutine {
  const found: unknown[][] = [];
  const text = String(self);
  Reflect.apply(Reflect.get(String.prototype, name) as Callable, text, [
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
    result += text.slice(end, at) + String(yield* waited(call(replacer, undefined, ...args)));
    end = at + matched.length;
  }
  return result + text.slice(end);
}

/** The helpers of iterators. Those that give another iterator take nothing before they are asked for an item. */
const ofIterators: WaitingByName = {
  map: lazily(assertFunction, function* (self, callback, call) {
    let index = 0;
    yield* walk(self, function* (item) {
      yield new Item(yield* waited(call(callback, undefined, item, index++)));
    });
  }),
  filter: lazily(assertFunction, function* (self, callback, call) {
    let index = 0;
    yield* walk(self, function* (item) {
      if (yield* waited(call(callback, undefined, item, index++))) yield new Item(item);
    });
  }),
  flatMap: lazily(assertFunction, function* (self, callback, call) {
    let index = 0;
    yield* walk(self, function* (item) {
      const inner = yield* waited(call(callback, undefined, item, index++));
      if (typeof inner === 'string') throw new TypeError(`${inner} is not an object`);
      yield* walk(iteratorOf(inner), function* (part) {
        yield new Item(part);
      });
    });
  }),
  take: lazily(limitOf, function* (self, limit) {
    let left = limit;
    if (left > 0)
      yield* walk(self, function* (item) {
        yield new Item(item);
        return --left <= 0;
      });
    else yield* waited(self.return?.());
  }),
  drop: lazily(limitOf, function* (self, limit) {
    let left = limit;
    yield* walk(self, function* (item) {
      if (left-- <= 0) yield new Item(item);
    });
  }),
  *forEach(self: Iterator<unknown>, [callback], call) {
    yield* each(self, callback, call, () => undefined);
  },
  *some(self: Iterator<unknown>, [callback], call) {
    return (
      (yield* each(self, callback, call, result => (result ? { value: true } : undefined)))?.value ?? false
    );
  },
  *every(self: Iterator<unknown>, [callback], call) {
    return (
      (yield* each(self, callback, call, result => (result ? undefined : { value: false })))?.value ?? true
    );
  },
  *find(self: Iterator<unknown>, [callback], call) {
    return (yield* each(self, callback, call, (result, item) => (result ? { value: item } : undefined)))
      ?.value;
  },
  *reduce(self: Iterator<unknown>, args, call) {
    const [callback, initial] = args;
    assertFunction(callback);
    let accumulated = initial;
    let started = args.length > 1;
    let index = 0;
    for (;;) {
      const step = (yield* waited(ask(self))) as IteratorResult<unknown>;
      if (step.done === true) break;
      if (started) accumulated = yield* waited(call(callback, undefined, accumulated, step.value, index));
      else accumulated = step.value;
      started = true;
      index++;
    }
    if (!started) throw new TypeError('Reduce of a done iterator with no initial value');
    return accumulated;
  },
  *toArray(self: Iterator<unknown>) {
    const all: unknown[] = [];
    for (;;) {
      const step = (yield* waited(ask(self))) as IteratorResult<unknown>;
      if (step.done === true) return all;
      all.push(step.value);
    }
  },
};

/**
 * A helper whose items are asked for later, by a caller that can wait or by one that cannot.
 *
 * @param check checks its argument at once. @returns the argument
 */
function lazily<T>(
  check: (argument: unknown) => T,
  body: (self: Iterator<unknown>, argument: T, call: CallBack) => Coroutine,
): Waiting {
  return function* (self: Iterator<unknown>, [argument], call) {
    const checked = check(argument);
    yield* [];
    return new TypedHelper(body(self, checked, call), { waits: false }, call.cannotWait);
  };
}

/** Visits what an iterator gives until one visit says that it is enough; then, or after an error, the iterator is closed. */
function* walk(
  iterator: Iterator<unknown>,
  take: (item: unknown) => Generator<unknown, boolean | void, unknown>,
): Coroutine {
  let isDone = false;
  try {
    while (!isDone) {
      const step = (yield* waited(ask(iterator))) as IteratorResult<unknown>;
      isDone = step.done === true;
      if (!isDone && (yield* take(step.value))) return undefined;
    }
  } finally {
    if (!isDone) yield* waited(iterator.return?.());
  }
  return undefined;
}

/** The iterator of what can be iterated over, of what is like an array, or of what is one itself. */
function iteratorOf(value: unknown): Iterator<unknown> {
  const iterable = value as Partial<Iterable<unknown>> & Partial<Iterator<unknown>>;
  if (typeof iterable[Symbol.iterator] === 'function') return (value as Iterable<unknown>)[Symbol.iterator]();
  return typeof iterable.next === 'function'
    ? (value as Iterator<unknown>)
    : Array.from(value as List)[Symbol.iterator]();
}

function limitOf(limit: unknown): number {
  const count = Number(limit);
  if (!(count >= 0)) throw new RangeError(`${String(limit)} must be positive`);
  return Math.trunc(count);
}

/** The next item of an iterator; one that is typed may wait for it. */
function ask(iterator: Iterator<unknown>): unknown {
  if (iterator instanceof TypedGenerator) offerToWait(true);
  return iterator.next();
}

function* each(
  iterator: Iterator<unknown>,
  callback: unknown,
  call: CallBack,
  take: (result: unknown, item: unknown) => { value: unknown } | void,
): Generator<unknown, { value: unknown } | undefined, unknown> {
  assertFunction(callback);
  let index = 0;
  for (;;) {
    const step = (yield* waited(ask(iterator))) as IteratorResult<unknown>;
    if (step.done === true) return undefined;
    let done: { value: unknown } | void;
    try {
      done = take(yield* waited(call(callback, undefined, step.value, index++)), step.value);
    } catch (error) {
      yield* waited(iterator.return?.());
      throw error;
    }
    if (done) {
      yield* waited(iterator.return?.());
      return done;
    }
  }
}

const iteratorPrototype = Object.getPrototypeOf(
  Object.getPrototypeOf([][Symbol.iterator]()) as object,
) as object;

/** Functions of JavaScript's by what they are, so that a name or a computed key finds them as well. */
export const waitingBuiltins: ReadonlyMap<unknown, Waiting> = new Map<unknown, Waiting>([
  ...methods(Array.prototype, ofArrays),
  ...methods(Object.getPrototypeOf(Int8Array.prototype) as object, ofTypedArrays()),
  ...methods(iteratorPrototype, ofIterators),
  ...methods(Map.prototype, ofMaps),
  ...methods(Set.prototype, ofSets),
  ...methods(Array, ofArray),
  ...methods(Object, ofObject),
  ...methods(Map, ofMap),
  ...methods(String.prototype, ofStrings),
]);

/** A list's own method under the same name, as a collection has it, works as that of an array. */
export function waitingMethod(name: string): Waiting | undefined {
  return Object.hasOwn(ofArrays, name) ? ofArrays[name] : undefined;
}

function methods(prototype: object, all: WaitingByName): [unknown, Waiting][] {
  return Object.entries(all).map(([name, waiting]) => [Reflect.get(prototype, name), waiting]);
}

/** A typed array holds numbers only, and its results are typed arrays. */
function ofTypedArrays(): WaitingByName {
  const { flatMap: _, map: _map, filter, ...rest } = ofArrays;
  return {
    ...rest,
    *map(list: Int8Array, args, call) {
      const results = list.slice();
      yield* visit(list, args, call, (result, index) => void (results[index] = result as number));
      return results;
    },
    *filter(list: Int8Array, args, call) {
      const kept = (yield* filter?.(Array.from(list) as never, args, call) ?? []) as number[];
      return Reflect.construct(list.constructor, [kept]) as unknown;
    },
  };
}

/** A new list of the class that JavaScript would choose. */
function likeOf(list: List, length: number): unknown[] {
  if (!Array.isArray(list)) return Array.from({ length });
  const own: unknown = list.constructor;
  const species: unknown =
    typeof own === 'function' ? (own as { [Symbol.species]?: unknown })[Symbol.species] : undefined;
  return Reflect.construct(typeof species === 'function' ? species : Array, [length]) as unknown[];
}

/** Gives a list an item of its own; what plain arrays do with an assignment, only slower. */
function define(list: unknown[], index: number, value: unknown): void {
  if (list.constructor === Array) list[index] = value;
  else Object.defineProperty(list, index, { value, writable: true, enumerable: true, configurable: true });
}

function assertFunction(callback: unknown): unknown {
  if (typeof callback !== 'function') throw new TypeError(`${String(callback)} is not a function`);
  return callback;
}
