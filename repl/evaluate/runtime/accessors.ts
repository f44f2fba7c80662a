import { giveToCaller, refusePromise } from './coroutine.ts';
import { showAs } from './function-text.ts';
import { isUnkept } from './kept-promises.ts';
import { Object, Reflect } from './language.ts';
import type { Callback } from './values.ts';

/**
 * An accessor, which anyone may call. Where a getter returns a promise, somebody has to wait for that; nobody gets what a
 * setter returns.
 *
 * @param refuse the error where nobody can
 */
export function accessorFor(
  held: Callback,
  text: string,
  kind: 'get' | 'set',
  refuse: () => Error,
): Callback {
  const accessor = asMethod((self, args) => {
    const value: unknown = Reflect.apply(held, self, args);
    if (!isUnkept(value)) return value;
    return kind === 'set' ? refusePromise(value, refuse) : giveToCaller(value, refuse);
  });
  const { name, length } = held;
  Object.defineProperties(accessor, {
    name: { value: name, configurable: true },
    length: { value: length, configurable: true },
  });
  return showAs(accessor, text);
}

/** A function that is not a constructor, as a method is. */
export function asMethod(call: (self: unknown, args: readonly unknown[]) => unknown): Callback {
  const holder = {
    method(this: unknown, ...args: unknown[]): unknown {
      return call(this, args);
    },
  };
  return Reflect.get(holder, 'method');
}
