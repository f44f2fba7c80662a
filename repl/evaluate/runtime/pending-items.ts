import { isPromise } from './values.ts';
import { end, type Walked } from './walked.ts';

/** An item of a query in a loop, whose value is still to come. */
export class PendingItem {
  /** The item, or {@link end} if there is none. */
  readonly value: Promise<unknown>;

  constructor(value: Promise<unknown>) {
    this.value = value;
  }
}

/**
 * What a loop walks when its items have to be waited for: those of a query, or of a generator that was typed. Each turn
 * gets an item that it waits for itself. A loop that ends early closes the iterator, and waits for that, too.
 */
export class LoopItems {
  readonly #walked: Walked;
  #closing: unknown;

  constructor(walked: Walked) {
    this.#walked = walked;
  }

  *[Symbol.iterator](): Generator {
    const receive = (result: unknown): unknown => this.#walked.receive(result);
    try {
      for (;;) {
        const asked = this.#walked.ask();
        const item = isPromise(asked) ? new PendingItem(asked.then(receive)) : receive(asked);
        if (item === end) return;
        yield item;
      }
    } finally {
      this.#closing = this.#walked.close();
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
