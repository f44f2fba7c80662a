import { offerToWait, refusePromise } from './coroutine.ts';
import { JSON, Reflect, String } from './language.ts';
import { isTypedFunction } from './typed-functions.ts';
import { isPromise } from './values.ts';

/** Whether a value is a function that can wait, or one that has to be called in a certain way. */
export function isCallback(value: unknown): boolean {
  return (
    typeof value === 'function' && (isTypedFunction(value) || value === String || value === JSON.stringify)
  );
}

/** A callback for other code, which waits for what it answers, or does not look at that. */
export function patient(value: unknown): unknown {
  if (!isTypedFunction(value)) return value;
  return function (this: unknown, ...args: unknown[]): unknown {
    offerToWait(true);
    return Reflect.apply(value, this, args);
  };
}

/** A callback that is an error where it returns a promise. */
export function strict(value: unknown, refuse: () => Error): unknown {
  if (!isTypedFunction(value)) return value;
  return function (this: unknown, ...args: unknown[]): unknown {
    offerToWait(false);
    const result: unknown = Reflect.apply(value, this, args);
    return isPromise(result) ? refusePromise(result, refuse) : result;
  };
}

/** Nobody looks at what the function given to `new Promise` returns; an error in it rejects the promise. */
export function executor(value: unknown): unknown {
  if (!isTypedFunction(value)) return value;
  return (resolve: unknown, reject: (error: unknown) => void): void => {
    offerToWait(true);
    const result: unknown = Reflect.apply(value, undefined, [resolve, reject]);
    if (isPromise(result)) result.catch(reject);
  };
}
