import { types } from 'node:util';
import { type Coroutine, offerToWait } from './coroutine.ts';
import { TypedGenerator } from './typed-generators.ts';
import { isTypedFunction } from './typed-functions.ts';
import { isPrimitive, isPromise } from './values.ts';
import { Array, from, isArray, Object, Reflect, String, Symbol, TypeError } from './language.ts';

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

export type WaitingByName = Readonly<Record<string, Waiting>>;
export type List = ArrayLike<unknown>;
export type Callable = (...args: unknown[]) => unknown;

export function* waited(value: unknown): Coroutine {
  return isPromise(value) ? yield value : value;
}

/** Visits what an iterator gives until one visit says that it is enough; then, or after an error, the iterator is closed. */
export function* walk(
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
export function iteratorOf(value: unknown): Iterator<unknown> {
  const iterable = value as Partial<Iterable<unknown>> & Partial<Iterator<unknown>>;
  if (typeof iterable[Symbol.iterator] === 'function') return (value as Iterable<unknown>)[Symbol.iterator]();
  return typeof iterable.next === 'function'
    ? (value as Iterator<unknown>)
    : from(value as List)[Symbol.iterator]();
}

/** Whether an iterator is one that may wait: a typed generator, or an object with a typed method. */
export function isTypedIterator(iterator: unknown): iterator is Iterator<unknown> {
  if (iterator instanceof TypedGenerator) return true;
  if (isPrimitive(iterator) || types.isProxy(iterator) || isArray(iterator)) return false;
  return isTypedFunction(Reflect.get(iterator as object, 'next'));
}

/** The next item of an iterator; one that is typed may wait for it. */
export function ask(iterator: Iterator<unknown>): unknown {
  const next: unknown = Reflect.get(iterator, 'next');
  if (isTypedFunction(next)) offerToWait(true);
  return Reflect.apply(next as Callable, iterator, []);
}

/** Gives a list an item of its own; what plain arrays do with an assignment, only slower. */
export function define(list: unknown[], index: number, value: unknown): void {
  if (list.constructor === Array) list[index] = value;
  else Object.defineProperty(list, index, { value, writable: true, enumerable: true, configurable: true });
}

export function assertFunction(callback: unknown): unknown {
  if (typeof callback !== 'function') throw new TypeError(`${String(callback)} is not a function`);
  return callback;
}
