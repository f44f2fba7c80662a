import { types } from 'node:util';
import { isArray, Object } from './language.ts';

const { isPromise: isNativePromise, isProxy } = types;
// A constant is called faster than what an object holds.
const { getPrototypeOf, prototype: ofObjects } = Object;
const { prototype: ofArrays } = Array;

/** Any function, as compiled code calls it. */
export type Callback = (...args: unknown[]) => unknown;

/** Whether a value is a native promise. Only these are awaited without being asked: a query can be awaited, too. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && isNativePromise(value);
}

export function isPrimitive(value: unknown): boolean {
  return value === null || (typeof value !== 'object' && typeof value !== 'function');
}

/** Whether a value is an array whose items can be looked at without running any code of a proxy. */
export function isPlainArray(value: unknown): value is unknown[] {
  return isArray(value) && !isProxy(value);
}

/** Values, with what those promises among them have become that are waited for. */
export async function settled(
  values: readonly unknown[],
  isWaitedFor: (value: unknown) => boolean = isPromise,
): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let index = 0; index < values.length; index++)
    all[index] = isWaitedFor(values[index]) ? await values[index] : values[index];
  return all;
}

/** Whether a value is a primitive, an object literal or an array: most are, and the session need not be asked. */
export function isPlainData(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function';
  // A proxy would hear of the question for its prototype.
  if (isProxy(value)) return true;
  const prototype: unknown = getPrototypeOf(value);
  return prototype === ofObjects || prototype === ofArrays;
}
