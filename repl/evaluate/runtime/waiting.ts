import { types } from 'node:util';
import { callOther, type Coroutine } from './coroutine.ts';
import { TypedGenerator } from './typed-generators.ts';
import { isPrimitive, isPromise } from './values.ts';
import { assertIterator, callOfIterator, type Checkpoint, end, Walked } from './walked.ts';
import { isTypedFunction } from './what-is-typed.ts';
import { Array, isArray, Object, Reflect, String, Symbol, TypeError } from './language.ts';

/** Calls a callback that may wait. @returns what it returns, or a promise of that */
export interface CallBack {
  (callback: unknown, self: unknown, ...args: unknown[]): unknown;
  /** The error for code that cannot wait for a callback. */
  readonly cannotWait: () => Error;
  /** For a walk that calls nothing back. */
  readonly checkpoint: Checkpoint;
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

/** Visits what is walked until one visit says that it is enough; then, or after an error, the walk is closed. */
export function* walk(
  walked: Walked,
  take: (item: unknown) => Generator<unknown, boolean | void, unknown>,
): Coroutine {
  try {
    for (;;) {
      const item = walked.receive(yield* waited(walked.ask()));
      if (item === end || (yield* take(item))) return undefined;
    }
  } catch (error) {
    yield* waited(walked.abandon());
    throw error;
  } finally {
    yield* waited(walked.close());
  }
}

/**
 * A walk of what can be iterated over.
 *
 * @param otherwise the iterator of what cannot
 */
export function* walkOf(
  value: unknown,
  otherwise: (value: unknown) => object,
): Generator<unknown, Walked, unknown> {
  const iteration: unknown = (value as Partial<Iterable<unknown>> | null | undefined)?.[Symbol.iterator];
  if (iteration === undefined || iteration === null) return new Walked(otherwise(value));
  return new Walked(assertIterator(yield* waited(callOfIterator(iteration, value as object, [], true))));
}

/** Whether an iterator is one that may wait: a typed generator, or an object with a typed method. */
export function isTypedIterator(iterator: unknown): iterator is Iterator<unknown> {
  if (iterator instanceof TypedGenerator) return true;
  if (isPrimitive(iterator) || types.isProxy(iterator) || isArray(iterator)) return false;
  return isTypedFunction(Reflect.get(iterator as object, 'next'));
}

/** Gives a list an item of its own; what plain arrays do with an assignment, only slower. */
export function define(list: unknown[], index: number, value: unknown): void {
  if (list.constructor === Array) list[index] = value;
  else Object.defineProperty(list, index, { value, writable: true, enumerable: true, configurable: true });
}

/** Makes a text of what a callback gave, as JavaScript does; that cannot wait. */
export function textOf(value: unknown, { cannotWait }: CallBack): string {
  return isPrimitive(value) ? String(value) : callOther(cannotWait, () => String(value));
}

export function assertFunction(callback: unknown): unknown {
  if (typeof callback !== 'function') throw new TypeError(`${String(callback)} is not a function`);
  return callback;
}
