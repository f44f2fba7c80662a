import { offerToWait, refusePromise } from './coroutine.ts';
import { showAs, textOf } from './function-text.ts';
import { JSON, Object, Reflect, String, withOwnMethods } from './language.ts';
import { changesForEver } from './lasting-changes.ts';
import { isTypedFunction } from './what-is-typed.ts';
import { isPromise } from './values.ts';

/** Whether a value is a function that can wait, or one that has to be called in a certain way. */
export function isCallback(value: unknown): boolean {
  return (
    typeof value === 'function' &&
    (isTypedFunction(value) || value === String || value === JSON.stringify || changesForEver(value))
  );
}

const patients = withOwnMethods(new WeakMap<object, object>());

/**
 * A callback for other code, which waits for what it answers, or does not look at that. Always the same for a function, so
 * that a listener can be removed; Node.js looks for the original as its `listener`.
 */
export function patient(value: unknown): unknown {
  if (!isTypedFunction(value)) return value;
  let made = patients.get(value);
  if (!made) {
    made = function (this: unknown, ...args: unknown[]): unknown {
      offerToWait(true);
      return Reflect.apply(value, this, args);
    };
    Object.defineProperties(made, {
      name: { value: value.name, configurable: true },
      length: { value: value.length, configurable: true },
      listener: { value, configurable: true, writable: true },
    });
    patients.set(value, showAs(made, textOf(value)));
  }
  return made;
}

/** A callback that is an error where it returns a promise. */
export function strict(value: unknown, refuse: () => Error): unknown {
  if (!isTypedFunction(value)) return value;
  const made = function (this: unknown, ...args: unknown[]): unknown {
    offerToWait(false);
    const result: unknown = Reflect.apply(value, this, args);
    return isPromise(result) ? refusePromise(result, refuse) : result;
  };
  return showAs(made, textOf(value));
}

/**
 * Nobody looks at what the function given to `new Promise` returns; an error in it rejects the promise. A class that
 * extends it may give it on, or call it itself.
 */
export function executor(value: unknown): unknown {
  if (!isTypedFunction(value)) return value;
  return (...args: unknown[]): unknown => {
    offerToWait(true);
    const result: unknown = Reflect.apply(value, undefined, args);
    const [, reject] = args;
    if (isPromise(result) && typeof reject === 'function') result.catch(reject as (error: unknown) => void);
    return result;
  };
}
