import { callOther } from './coroutine.ts';
import { Reflect, TypeError } from './language.ts';
import { notCallable } from './v8-messages.ts';
import type { Callback } from './values.ts';

/**
 * An iterator as JavaScript itself walks it, which would take a promise of its `next` for a result, and never end.
 *
 * @param next its method, which is looked up once
 * @param refuse makes the error for a typed function that would have to wait
 * @param checkTurn is called at each item, and may throw to stop the walk
 */
export function strictIterator(
  iterator: object,
  next: unknown,
  refuse: () => Error,
  checkTurn: () => void,
): object {
  const strictMethod =
    (method: unknown): Callback =>
    (...args) => {
      checkTurn();
      if (typeof method !== 'function') throw new TypeError(notCallable(method));
      return callOther(refuse, () => Reflect.apply(method as Callback, iterator, args));
    };
  return {
    next: strictMethod(next),
    get return(): unknown {
      const method: unknown = Reflect.get(iterator, 'return');
      return method === undefined || method === null ? undefined : strictMethod(method);
    },
  };
}
