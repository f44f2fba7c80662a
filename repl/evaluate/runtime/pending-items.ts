/** An item of a query in a loop, whose value is still to come. */
export class PendingItem {
  /** The item, or {@link queryEnd} if there is none. */
  readonly value: Promise<unknown>;

  constructor(value: Promise<unknown>) {
    this.value = value;
  }
}

/** Follows the last item of a query. */
export const queryEnd = Symbol('end of query');

/** Lets a synchronous loop iterate over a query: each turn gets an item that it waits for itself. */
export function* pendingItems(query: AsyncIterable<unknown>): Generator<PendingItem> {
  const iterator = query[Symbol.asyncIterator]();
  let isDone = false;
  try {
    while (!isDone) {
      yield new PendingItem(
        iterator.next().then(({ done, value }) => {
          isDone = done === true;
          return isDone ? queryEnd : value;
        }),
      );
    }
  } finally {
    if (!isDone) void iterator.return?.();
  }
}
