import { isBuiltIn } from './built-in-callees.ts';
import { drive } from './coroutine.ts';
import { textOf } from './function-text.ts';
import type { Interrupts } from './interrupt.ts';
import { Reflect, Symbol, TypeError } from './language.ts';
import type { LazySource } from './lazy-source.ts';
import { LoopItems, PendingItem } from './pending-items.ts';
import type { Reads } from './reads.ts';
import { strictIterator } from './strict-iterators.ts';
import { Delegation, takeItems } from './typed-generators.ts';
import { notCallable, notIterable, type Iteration } from './v8-messages.ts';
import { type Callback, isPlainArray, isPromise } from './values.ts';
import { assertIterator, callOfIterator, end, Walked } from './walked.ts';
import { isTypedFunction } from './what-is-typed.ts';

/** Iteration, which may load a collection first and reads a query in batches. */
export function createIteration(source: LazySource, { read }: Reads, interrupts: Interrupts, waits: boolean) {
  const iterable = (
    value: unknown,
    callSite: string | undefined,
    iteration: Iteration,
    walk: (iterator: object, next: unknown) => unknown,
  ): unknown => {
    if (value === null || value === undefined) throw notIterable(value, callSite, iteration);
    if (!waits && source.isQuery(value)) throw source.cannotWait(callSite || 'A query');
    const found = read(value, Symbol.iterator);
    if (isPromise(found)) return found.then(() => value);
    if (typeof found !== 'function') throw notIterable(value, callSite, iteration);
    // Looked up once only, as a proxy or a getter would tell; plain arrays are faster as they are.
    if (isPlainArray(value)) return value;
    const iterator = callOfIterator(found, value, [], false);
    const next: unknown = Reflect.get(assertIterator(iterator), 'next');
    if (typeof next !== 'function') throw new TypeError(notCallable(next));
    return isBuiltIn(next) ? { [Symbol.iterator]: () => iterator } : walk(iterator as object, next);
  };
  /** The error for a method of an iterator that would have to wait. */
  const refusing = (next: unknown) => () =>
    source.cannotWait(isTypedFunction(next) ? textOf(next) : 'An iterator');
  const walkNow = (iterator: object, next: unknown): unknown => ({
    [Symbol.iterator]: () => strictIterator(iterator, next, refusing(next), () => interrupts.checkTurn()),
  });
  const take = ([iterator, next]: readonly [object, unknown], limit?: number): unknown =>
    drive(takeItems(new Walked(iterator, waits, interrupts.checkpoint, next), limit), waits);
  return {
    items: (value: unknown, callSite?: string, iteration: Iteration = 'plain', limit = Infinity): unknown =>
      waits && source.isQuery(value)
        ? collect(value)
        : iterable(value, callSite, iteration, waits ? (...asked) => take(asked, limit) : walkNow),
    /** For `for await`. */
    asyncItems(value: unknown, callSite: string): unknown {
      const found = read(value, Symbol.asyncIterator);
      return found === null || found === undefined
        ? iterable(value, callSite, 'async', waits ? (...asked) => take(asked) : walkNow)
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
            waits ? (iterator, next) => new LoopItems(new Walked(iterator, waits, undefined, next)) : walkNow,
          ),
    /** After a loop: what to wait for, if it ended early. */
    closed: (items: unknown): unknown => (items instanceof LoopItems ? items.closing : undefined),
    /** After an error in a loop. */
    abandon(items: unknown): void {
      if (items instanceof LoopItems) items.abandon();
    },
    /** For `yield*`: of a query each item is waited for when it is asked for, as in a loop. */
    delegate: (value: unknown, callSite: string): unknown =>
      delegationTo(
        waits && source.isQuery(value)
          ? new Delegation(value[Symbol.asyncIterator](), undefined, () =>
              source.cannotWait(callSite || 'A query'),
            )
          : iterable(
              value,
              callSite,
              'plain',
              (iterator, next) => new Delegation(iterator, next, refusing(next)),
            ),
      ),
    isPendingItem: (value: unknown) => value instanceof PendingItem,
    isQueryEnd: (value: unknown) => value === end,
  };
}

/** Loads a collection first. */
function delegationTo(items: unknown): unknown {
  if (isPromise(items)) return items.then(delegationTo);
  return items instanceof Delegation
    ? items
    : new Delegation((items as Iterable<unknown>)[Symbol.iterator]());
}

/** The items of a query as it reads them, in batches. */
function itemsOfQuery(query: AsyncIterable<unknown>): LoopItems {
  return new LoopItems(new Walked(query[Symbol.asyncIterator]()));
}

export async function collect(query: AsyncIterable<unknown>): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of query) items.push(item);
  return items;
}
