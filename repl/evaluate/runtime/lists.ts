import type { Interrupts } from './interrupt.ts';
import type { LazySource } from './lazy-source.ts';
import type { Reads } from './reads.ts';
import { sequentialMethods } from './sequential-array-methods.ts';
import { type Callback, isPromise } from './values.ts';

/** Calls of array methods with a callback that may wait. Collections have these methods, too. */
export function createLists(source: LazySource, { read }: Reads, interrupts: Interrupts) {
  return {
    /** @returns the value, or a promise of it while it is a collection that is loaded */
    loadedList(value: unknown): unknown {
      const iterator = source.isCollection(value) ? read(value, Symbol.iterator) : undefined;
      return isPromise(iterator) ? iterator.then(() => value) : value;
    },
    /** Whether a method of the value is that of Array. */
    isList: (value: unknown, method: string) =>
      source.isCollection(value) ||
      (Array.isArray(value) && (value as unknown as Record<string, unknown>)[method] === arrayMethod(method)),
    /** Calls the callback for one item after another, and waits for each. */
    inOrder: (list: Iterable<unknown>, method: string, callback: Callback, ...extra: unknown[]) =>
      sequentialMethods[method]?.(asArray(list), interruptible(callback, interrupts), extra),
    /** Calls the callback without waiting, as `Promise.all(posts.map(…))` wants it. */
    atOnce: (list: Iterable<unknown>, method: string, callback: Callback, ...extra: unknown[]): unknown =>
      Reflect.apply(arrayMethod(method) as Callback, asArray(list), [callback, ...extra]),
  };
}

function asArray(list: Iterable<unknown>): unknown[] {
  return Array.isArray(list) ? list : [...list];
}

function arrayMethod(name: string): unknown {
  return (Array.prototype as unknown as Record<string, unknown>)[name];
}

/** A callback whose every call is a checkpoint, like a turn of a loop. */
function interruptible(callback: Callback, interrupts: Interrupts): Callback {
  return function (this: unknown, ...args) {
    return interrupts.isPauseDue()
      ? interrupts.pause().then(() => Reflect.apply(callback, this, args))
      : Reflect.apply(callback, this, args);
  };
}
