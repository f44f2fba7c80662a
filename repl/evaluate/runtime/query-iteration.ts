/** One turn of a loop over a query: its value is still to come. */
export class Turn {
  readonly value: Promise<unknown>;

  constructor(value: Promise<unknown>) {
    this.value = value;
  }
}

export const end = Symbol('end');

/** A synchronous loop over an asynchronous source: each turn waits for its own value. */
export function* turnsOf(query: AsyncIterable<unknown>): Generator<Turn> {
  const iterator = query[Symbol.asyncIterator]();
  let done = false;
  try {
    while (!done) {
      yield new Turn(
        iterator.next().then(({ done: last, value }) => {
          done = last === true;
          return done ? end : value;
        }),
      );
    }
  } finally {
    if (!done) void iterator.return?.();
  }
}
