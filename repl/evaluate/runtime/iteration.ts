import { callOther, offerToWait } from './coroutine.ts';
import { Reflect, Symbol } from './language.ts';
import type { LazySource } from './lazy-source.ts';
import { LoopItems, PendingItem, queryEnd } from './pending-items.ts';
import type { Reads } from './reads.ts';
import { isTypedFunction } from './typed-functions.ts';
import { type Ask, Delegation } from './typed-generators.ts';
import { notIterable, type Iteration } from './v8-messages.ts';
import { type Callback, isPlainArray, isPromise } from './values.ts';
import { isTypedIterator } from './waiting.ts';

/** Iteration, which may load a collection first and reads a query in batches. */
export function createIteration(source: LazySource, { read }: Reads, waits: boolean) {
  const call = (callee: unknown, self: unknown, args: readonly unknown[], mayWait: boolean): unknown => {
    const make = (): unknown => Reflect.apply(callee as Callback, self, args);
    if (!isTypedFunction(callee)) return callOther(undefined, make);
    offerToWait(mayWait);
    return make();
  };
  const ask: Ask = (iterator, method = 'next', value) => {
    const callee: unknown = iterator[method];
    if (callee === undefined || callee === null) return undefined;
    return call(callee, iterator, method === 'return' && value === undefined ? [] : [value], waits);
  };
  /** Asks for one item after another; as in JavaScript, by the method that the iterator has at first. */
  const asking = (iterator: Iterator<unknown>): (() => unknown) => {
    const next: unknown = Reflect.get(iterator, 'next');
    return () => call(next, iterator, [], waits);
  };
  const iterable = (
    value: unknown,
    callSite: string | undefined,
    iteration: Iteration,
    takeItems: (iterator: Iterator<unknown>) => unknown,
  ): unknown => {
    if (value === null || value === undefined) throw notIterable(value, callSite, iteration);
    if (!waits && source.isQuery(value)) throw source.cannotWait(callSite || 'A query');
    const found = read(value, Symbol.iterator);
    if (isPromise(found)) return found.then(() => value);
    if (typeof found !== 'function') throw notIterable(value, callSite, iteration);
    // Looked up once only, as a proxy or a getter would tell; plain arrays are faster as they are.
    if (isPlainArray(value)) return value;
    if (!waits) return { [Symbol.iterator]: () => Reflect.apply(found as Callback, value, []) };
    const iterator = call(found, value, [], false) as Iterator<unknown>;
    return isTypedIterator(iterator) ? takeItems(iterator) : { [Symbol.iterator]: () => iterator };
  };
  /** Whoever takes no more items closes the iterator. */
  const close = (iterator: Iterator<unknown>, items: unknown[]): unknown => {
    const closed = ask(iterator, 'return');
    return isPromise(closed) ? closed.then(() => items) : items;
  };
  const take = (iterator: Iterator<unknown>, limit: number): unknown => {
    const items: unknown[] = [];
    const askNext = asking(iterator);
    const goOn = async (first: Promise<unknown>): Promise<unknown> => {
      for (
        let step = (await first) as IteratorResult<unknown>;
        ;
        step = (await askNext()) as IteratorResult<unknown>
      ) {
        if (step.done === true) return items;
        items.push(step.value);
        if (items.length >= limit) return close(iterator, items);
      }
    };
    while (items.length < limit) {
      const step = askNext();
      if (isPromise(step)) return goOn(step);
      const { done, value } = step as IteratorResult<unknown>;
      if (done === true) return items;
      items.push(value);
    }
    return close(iterator, items);
  };
  return {
    items: (value: unknown, callSite?: string, iteration: Iteration = 'plain', limit = Infinity): unknown =>
      waits && source.isQuery(value)
        ? collect(value)
        : iterable(value, callSite, iteration, iterator => take(iterator, limit)),
    /** For `for await`. */
    asyncItems(value: unknown, callSite: string): unknown {
      const found = read(value, Symbol.asyncIterator);
      return found === null || found === undefined
        ? iterable(value, callSite, 'async', iterator => take(iterator, Infinity))
        : { [Symbol.asyncIterator]: () => Reflect.apply(found as Callback, value, []) };
    },
    /** For `for … of`: the items of a query, and of a generator that waits, are pending. */
    loopItems: (value: unknown, callSite: string): unknown =>
      waits && source.isQuery(value)
        ? itemsOfQuery(value)
        : iterable(
            value,
            callSite,
            'plain',
            iterator => new LoopItems(asking(iterator), () => ask(iterator, 'return')),
          ),
    /** After a loop: what to wait for, if it ended early. */
    closed: (items: unknown): unknown => (items instanceof LoopItems ? items.closing : undefined),
    /** After an error in a loop. */
    abandon(items: unknown): void {
      if (items instanceof LoopItems) items.abandon();
    },
    /** For `yield*`. */
    delegate: (value: unknown, callSite: string): unknown =>
      delegationTo(
        waits && source.isQuery(value)
          ? collect(value)
          : iterable(value, callSite, 'plain', iterator => ({ [Symbol.iterator]: () => iterator })),
      ),
    isPendingItem: (value: unknown) => value instanceof PendingItem,
    isQueryEnd: (value: unknown) => value === queryEnd,
  };
}

/** Loads a collection first. */
function delegationTo(items: unknown): unknown {
  return isPromise(items)
    ? items.then(delegationTo)
    : new Delegation((items as Iterable<unknown>)[Symbol.iterator]());
}

/** The items of a query as it reads them, in batches. */
function itemsOfQuery(query: AsyncIterable<unknown>): LoopItems {
  const iterator = query[Symbol.asyncIterator]();
  return new LoopItems(
    () => iterator.next(),
    () => iterator.return?.(),
  );
}

export async function collect(query: AsyncIterable<unknown>): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of query) items.push(item);
  return items;
}
