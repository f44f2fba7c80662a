import type { Coroutine } from './coroutine.ts';
import { Item, takeItems, TypedHelper } from './typed-generators.ts';
import {
  assertFunction,
  type CallBack,
  waited,
  type Waiting,
  type WaitingByName,
  walk,
  walkOf,
} from './waiting.ts';
import { isPrimitive } from './values.ts';
import { Walked } from './walked.ts';

/** The helpers of iterators. Those that give another iterator take nothing before they are asked for an item. */
export const ofIterators: WaitingByName = {
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
      // A string would have items as well.
      if (isPrimitive(inner)) throw new TypeError(`${String(inner)} is not an object`);
      yield* walk(yield* walkOf(inner, itself => itself as object), function* (part) {
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
    else yield* waited(self.close());
  }),
  drop: lazily(limitOf, function* (self, limit) {
    let left = limit;
    yield* walk(self, function* (item) {
      if (left-- <= 0) yield new Item(item);
    });
  }),
  *forEach(self: object, [callback], call) {
    yield* each(self, callback, call, () => false);
  },
  *some(self: object, [callback], call) {
    let isFound = false;
    yield* each(self, callback, call, result => (isFound = Boolean(result)));
    return isFound;
  },
  *every(self: object, [callback], call) {
    let isFound = false;
    yield* each(self, callback, call, result => (isFound = !result));
    return !isFound;
  },
  *find(self: object, [callback], call) {
    let found: unknown;
    yield* each(self, callback, call, (result, item) => {
      if (result) found = item;
      return Boolean(result);
    });
    return found;
  },
  *reduce(self: object, args, call) {
    const [callback, initial] = args;
    assertFunction(callback);
    let accumulated = initial;
    let started = args.length > 1;
    let index = 0;
    yield* walk(new Walked(self), function* (item) {
      accumulated = started ? yield* waited(call(callback, undefined, accumulated, item, index)) : item;
      started = true;
      index++;
    });
    if (!started) throw new TypeError('Reduce of a done iterator with no initial value');
    return accumulated;
  },
  *toArray(self: object, _, call) {
    return yield* takeItems(new Walked(self, true, call.checkpoint));
  },
};

/**
 * A helper whose items are asked for later, by a caller that can wait or by one that cannot.
 *
 * @param check checks its argument at once. @returns the argument
 */
function lazily<T>(
  check: (argument: unknown) => T,
  body: (self: Walked, argument: T, call: CallBack) => Coroutine,
): Waiting {
  return function* (self: object, [argument], call) {
    const checked = check(argument);
    yield* [];
    const mode = { waits: false };
    const walked = new Walked(self, true, () => (mode.waits ? call.checkpoint() : undefined));
    return new TypedHelper(body(walked, checked, call), mode, call.cannotWait);
  };
}

function limitOf(limit: unknown): number {
  const count = Number(limit);
  if (!(count >= 0)) throw new RangeError(`${String(limit)} must be positive`);
  return Math.trunc(count);
}

/** @param isEnough is told what the callback returned for an item, and the item */
function* each(
  iterator: object,
  callback: unknown,
  call: CallBack,
  isEnough: (result: unknown, item: unknown) => boolean,
): Coroutine {
  assertFunction(callback);
  let index = 0;
  return yield* walk(new Walked(iterator), function* (item) {
    return isEnough(yield* waited(call(callback, undefined, item, index++)), item);
  });
}
