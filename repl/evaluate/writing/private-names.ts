import { madeUp, runtime } from './compiled-names.ts';
import type { Position } from './position.ts';

/** A private method cannot be replaced; the runtime makes a function of it where it is looked up. */
export function privateCoroutine(name: string): string {
  return `#${madeUp}f_${name}`;
}

/** Looks a private method up. @returns undefined if it is none that can wait */
export function writePrivateLookUp(name: string, object: string, at: Position): string | undefined {
  const described = at.privateMethods.get(name);
  return described && `${runtime}.privateMethod(${object}.${privateCoroutine(name)}, ${described})`;
}

/** The name of a private member, as it is written. */
export function writePrivateName(name: string, at: Position): string {
  return at.privateMethods.has(name) ? privateCoroutine(name) : `#${name}`;
}
