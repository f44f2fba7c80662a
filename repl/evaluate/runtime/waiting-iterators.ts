import type { Coroutine } from './coroutine.ts';
import { Item, TypedHelper } from './typed-generators.ts';
import {
  ask,
  assertFunction,
  type CallBack,
  iteratorOf,
  waited,
  type Waiting,
  type WaitingByName,
  walk,
} from './waiting.ts';

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

function limitOf(limit: unknown): number {
  const count = Number(limit);
  if (!(count >= 0)) throw new RangeError(`${String(limit)} must be positive`);
  return Math.trunc(count);
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
