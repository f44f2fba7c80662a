import { callOther, offerToWait } from './coroutine.ts';
import { Reflect, String, TypeError } from './language.ts';
import { notCallable } from './v8-messages.ts';
import { type Callback, isPrimitive, isPromise } from './values.ts';
import { isTypedFunction } from './what-is-typed.ts';

/** At each item of an endless walk: a promise if it is time to look whether it is to stop. */
export type Checkpoint = () => Promise<void> | undefined;

/** Follows the last item. */
export const end = Symbol('end of what is walked');

/**
 * An iterator as JavaScript walks it, but that it may wait: `next` is looked up once, and what is not walked to its end is
 * closed, unless it has failed by itself.
 */
export class Walked {
  readonly #iterator: object;
  readonly #next: unknown;
  readonly #waits: boolean;
  readonly #checkpoint: Checkpoint | undefined;
  #isOver = false;

  /**
   * @param waits whether what walks it can wait
   * @param checkpoint if what walks it does nothing else that could be stopped
   */
  constructor(
    iterator: object,
    waits = true,
    checkpoint?: Checkpoint,
    next: unknown = Reflect.get(iterator, 'next'),
  ) {
    this.#iterator = iterator;
    this.#next = next;
    this.#waits = waits;
    this.#checkpoint = waits ? checkpoint : undefined;
  }

  /** @returns the next result, or a promise of it, for {@link receive} */
  ask(): unknown {
    const pause = this.#checkpoint?.();
    return pause ? pause.then(() => this.#ask()) : this.#ask();
  }

  #ask(): unknown {
    this.#isOver = true;
    return callOfIterator(this.#next, this.#iterator, [], this.#waits);
  }

  /** @returns the item of a result, or {@link end} */
  receive(result: unknown): unknown {
    const { done } = assertResult(result);
    // JavaScript reads no value of the last result.
    if (done) return end;
    const { value } = result as IteratorResult<unknown>;
    this.#isOver = false;
    return value;
  }

  /** Ends a walk. @returns a promise if that has to be waited for */
  close(): unknown {
    if (this.#isOver) return undefined;
    this.#isOver = true;
    const method: unknown = Reflect.get(this.#iterator, 'return');
    if (method === undefined || method === null) return undefined;
    const closed = callOfIterator(method, this.#iterator, [], this.#waits);
    return isPromise(closed) ? closed.then(assertResult) : assertResult(closed);
  }

  /** Ends a walk in which something was thrown: an error in closing is not heard, as in JavaScript. */
  abandon(): unknown {
    try {
      const closing = this.close();
      return isPromise(closing) ? closing.catch(() => undefined) : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Calls a method of an iterator, and lets it wait where that is possible. */
export function callOfIterator(
  method: unknown,
  iterator: object,
  args: readonly unknown[],
  waits: boolean,
): unknown {
  const call = (): unknown => Reflect.apply(method as Callback, iterator, args);
  if (typeof method !== 'function') throw new TypeError(notCallable(method));
  if (!isTypedFunction(method)) return callOther(undefined, call);
  offerToWait(waits);
  return call();
}

/** @throws TypeError if what is to be walked is no object */
export function assertIterator(iterator: unknown): object {
  if (!isPrimitive(iterator)) return iterator as object;
  throw new TypeError('Result of the Symbol.iterator method is not an object');
}

/** @throws TypeError if what a method of an iterator returned is no object */
export function assertResult(result: unknown): IteratorResult<unknown> {
  if (!isPrimitive(result)) return result as IteratorResult<unknown>;
  throw new TypeError(`Iterator result ${String(result)} is not an object`);
}
