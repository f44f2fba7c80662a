import { isPromise } from './values.ts';

/** An item of a query in a loop, whose value is still to come. */
export class PendingItem {
  /** The item, or {@link queryEnd} if there is none. */
  readonly value: Promise<unknown>;

  constructor(value: Promise<unknown>) {
    this.value = value;
  }
}

/** Follows the last item. */
export const queryEnd = Symbol('end of query');

/**
 * What a loop walks when its items have to be waited for: those of a query, or of a generator that was typed. Each turn
 * gets an item that it waits for itself. A loop that ends early closes the iterator, and waits for that, too.
 */
export class LoopItems {
  readonly #next: () => unknown;
  readonly #close: () => unknown;
  #closing: unknown;

  /**
   * @param next asks for the next result, or for a promise of one
   * @param close is called if the loop ends early
   */
  constructor(next: () => unknown, close: () => unknown) {
    this.#next = next;
    this.#close = close;
  }

  *[Symbol.iterator](): Generator {
    let isDone = false;
    const receive = (result: unknown): unknown => {
      const { done, value } = result as IteratorResult<unknown>;
      isDone = done === true;
      return isDone ? queryEnd : value;
    };
    try {
      while (!isDone) {
        const step = this.#next();
        const item = isPromise(step) ? new PendingItem(step.then(receive)) : receive(step);
        if (item !== queryEnd) yield item;
      }
    } finally {
      if (!isDone) this.#closing = this.#close();
    }
  }

  /** The loop has thrown: an error in closing the iterator is not heard, as in JavaScript. */
  abandon(): void {
    if (isPromise(this.#closing)) this.#closing = this.#closing.catch(() => undefined);
  }

  /** What to wait for after the loop. */
  get closing(): unknown {
    return this.#closing;
  }
}
