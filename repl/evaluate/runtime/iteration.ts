import type { LazySource } from './lazy-source.ts';
import { PendingItem, pendingItems, queryEnd } from './pending-items.ts';
import type { Reads } from './reads.ts';
import { notIterable, type Iteration } from './v8-messages.ts';
import { type Callback, isPlainArray, isPromise } from './values.ts';

/** Iteration, which may load a collection first and reads a query in batches. */
export function createIteration(source: LazySource, { read, readSync }: Reads) {
  /** @param readProperty reads the iterator, which is what loads a collection */
  const iterable = (
    value: unknown,
    readProperty: Reads['read'],
    callSite?: string,
    iteration: Iteration = 'plain',
  ): unknown => {
    if (value === null || value === undefined) throw notIterable(value, callSite, iteration);
    const iterator = readProperty(value, Symbol.iterator);
    if (isPromise(iterator)) return iterator.then(() => value);
    if (typeof iterator !== 'function') throw notIterable(value, callSite, iteration);
    // Looked up once only, as a proxy or a getter would tell; plain arrays are faster as they are.
    return isPlainArray(value)
      ? value
      : { [Symbol.iterator]: () => Reflect.apply(iterator as Callback, value, []) };
  };
  return {
    items: (value: unknown, callSite?: string, iteration?: Iteration): unknown =>
      source.isQuery(value) ? collect(value) : iterable(value, read, callSite, iteration),
    itemsSync: (value: unknown, callSite?: string, iteration?: Iteration): unknown =>
      iterable(value, readSync, callSite, iteration),
    /** For `for await`. */
    asyncItems(value: unknown, callSite: string): unknown {
      const iterator = readSync(value, Symbol.asyncIterator);
      return iterator === null || iterator === undefined
        ? iterable(value, read, callSite, 'async')
        : { [Symbol.asyncIterator]: () => Reflect.apply(iterator as Callback, value, []) };
    },
    /** For `for … of` where it can wait: the items of a query are pending. */
    loopItems: (value: unknown, callSite: string): unknown =>
      source.isQuery(value) ? pendingItems(value) : iterable(value, read, callSite),
    isPendingItem: (value: unknown) => value instanceof PendingItem,
    isQueryEnd: (value: unknown) => value === queryEnd,
  };
}

async function collect(query: AsyncIterable<unknown>): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of query) items.push(item);
  return items;
}
