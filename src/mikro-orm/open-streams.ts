/** Streams that have a connection until they are read to their end, while others may be in want of it. */
export class OpenStreams {
  readonly #open = new Set<OpenStream>();
  #waiting = 0;

  /** Rows of a stream, which lead to the next ones as they are asked for, or are read ahead where somebody waits. */
  async *rows(rows: AsyncIterable<unknown>): AsyncGenerator<unknown, void, undefined> {
    const open = new OpenStream(rows);
    try {
      for (;;) {
        const next = await open.next();
        if (next.done) return;
        // Before its first row it waits itself.
        this.#open.add(open);
        if (this.#waiting > 0) void open.drain();
        yield next.value;
      }
    } finally {
      this.#open.delete(open);
      await open.end();
    }
  }

  /** Waits for a connection. Whoever reads a stream may do so, as for what a row refers to: the rest of it is read ahead. */
  async wait<R>(work: () => Promise<R>): Promise<R> {
    this.#waiting++;
    try {
      await Promise.all(Array.from(this.#open, open => open.drain()));
      return await work();
    } finally {
      this.#waiting--;
    }
  }
}

type Next = IteratorResult<unknown>;

/** Rows that are asked for one by one. Those that are left can be read before anybody asks for them. */
class OpenStream {
  readonly #iterator: AsyncIterator<unknown>;
  /** What was read ahead, an error of it too. */
  readonly #kept: (() => Next)[] = [];
  #drained: Promise<void> | undefined;

  constructor(rows: AsyncIterable<unknown>) {
    this.#iterator = rows[Symbol.asyncIterator]();
  }

  async next(): Promise<Next> {
    if (this.#drained === undefined) return this.#iterator.next();
    await this.#drained;
    return this.#kept.shift()?.() ?? { done: true, value: undefined };
  }

  async end(): Promise<void> {
    await this.#iterator.return?.();
  }

  /** Reads what is left. */
  drain(): Promise<void> {
    return (this.#drained ??= this.#readAll());
  }

  async #readAll(): Promise<void> {
    try {
      for (;;) {
        const next = await this.#iterator.next();
        if (next.done) return;
        this.#kept.push(() => next);
      }
    } catch (error) {
      this.#kept.push(() => {
        throw error;
      });
    }
  }
}
