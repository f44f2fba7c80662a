import { types } from 'node:util';
import { isPromise } from './values.ts';
import { Reflect, withOwnMethods } from './language.ts';

/** Promises that typed code has made to keep them: to wait for one because it was read could take for ever. */
const all = withOwnMethods(new WeakSet<object>());

/** The one that was taken out of a list or a Map by the last call of such a function. */
let lastTakenOut: unknown;

export function keep<T>(value: T): T {
  if (isPromise(value)) all.add(value);
  return value;
}

/** Whether a constructor is that of promises, or of a class that extends it. */
export function makesPromise(callee: unknown): boolean {
  let made = callee;
  while (typeof made === 'function' && made !== Promise && !types.isProxy(made))
    made = Reflect.getPrototypeOf(made);
  return made === Promise;
}

const withResolvers: unknown = Reflect.get(Promise, 'withResolvers');

/** Keeps the promise that a function has made for typed code to settle. @returns what it gave */
export function keepMadeBy(callee: unknown, result: unknown): unknown {
  if (callee === withResolvers) void keep((result as PromiseWithResolvers<unknown>).promise);
  return result;
}

/** Whether a value is a promise that typed code does not keep. */
export function isUnkept(value: unknown): value is Promise<unknown> {
  return isPromise(value) && !all.has(value);
}

/** Notes what was taken out of a list or a Map. */
export function takeOut(value: unknown): void {
  lastTakenOut = isPromise(value) && all.has(value) ? value : undefined;
}

/** Whether a promise, which a call gave, was only taken out by it. */
export function isTakenOut(promise: Promise<unknown>): boolean {
  return promise === lastTakenOut;
}
