import { AsyncLocalStorage } from 'node:async_hooks';
import { Reflect, withOwnMethods } from './language.ts';

/** Promises that typed functions have returned to code that was not typed, since that was called. */
export const handedOver: Promise<unknown>[] = [];

/** Those that nobody has waited for yet, of the line that runs. */
const ofLine = new AsyncLocalStorage<Line>();

interface Line {
  /** Made when there is the first: most lines have none. */
  unused?: Set<object>;
}

const nativeThen = Reflect.get(Promise.prototype, 'then') as (...reactions: unknown[]) => unknown;

/**
 * Notes that code which was not typed gets a promise. It may wait for it, or return it; if it does neither, it has taken
 * the promise for a value.
 */
export function handOver<T extends Promise<unknown>>(promise: T): T {
  handedOver[handedOver.length] = promise;
  const line = ofLine.getStore();
  if (!line) return promise;
  (line.unused ??= withOwnMethods(new Set())).add(promise);
  const notice = (...reactions: unknown[]): unknown => {
    overlook(promise);
    return Reflect.apply(nativeThen, promise, reactions);
  };
  // What waits for a promise that seems to be of another class calls its `then`.
  Reflect.defineProperty(promise, 'constructor', { value: undefined, configurable: true });
  // oxlint-disable-next-line unicorn/no-thenable -- a promise has one
  Reflect.defineProperty(promise, 'then', { value: notice, configurable: true });
  return promise;
}

/** How many promises had been handed over when an object literal began to copy another object. */
let before = 0;

/** Begins to copy the fields of an object, whose accessors may hand over promises. */
export function beginCopy<T>(object: T): T {
  before = handedOver.length;
  return object;
}

/** Ends a copy. @returns a promise that an accessor gave to it, if there was one */
export function endCopy(): Promise<unknown> | undefined {
  const given = handedOver[before];
  for (let index = before; index < handedOver.length; index++) overlook(handedOver[index] as object);
  handedOver.length = before;
  return given;
}

/** Forgets about a promise: something waits for it, or its call has failed. */
export function overlook(promise: object): void {
  ofLine.getStore()?.unused?.delete(promise);
}

/**
 * Runs a line.
 *
 * @param refuse makes the error for a line after which there are promises that nobody has waited for
 */
export async function noticing<T>(run: () => Promise<T>, refuse: () => Error): Promise<T> {
  const line: Line = {};
  const result = await ofLine.run(line, run);
  if (line.unused && line.unused.size > 0) throw refuse();
  return result;
}
