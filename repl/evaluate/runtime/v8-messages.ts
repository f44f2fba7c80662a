import { Proxy, Reflect, String, TypeError, withOwnMethods } from './language.ts';
import type { Callback } from './values.ts';

// V8's own messages would show compiled names, so these say what V8 says with the names that were typed.

/** Throws when it is called: after the arguments have been computed, as in JavaScript. */
export function notAFunction(callSite: string): () => never {
  return () => {
    throw new TypeError(`${callSite} is not a function`);
  };
}

/** Of what JavaScript itself would call. */
export function notCallable(value: unknown): string {
  const shown =
    typeof value === 'object' && value !== null ? '#<Object>' : `${typeof value} ${textOfPrimitive(value)}`;
  return `${value === undefined ? 'undefined' : shown} is not a function`;
}

function textOfPrimitive(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : String(value);
}

/** Throws when it is constructed: after the arguments have been computed. */
export function notAConstructor(callSite: string): unknown {
  return function () {
    throw new TypeError(`${callSite} is not a constructor`);
  };
}

/** Where something is iterated over: V8 words the error differently for each. */
export type Iteration = 'plain' | 'spread' | 'async';

export function notIterable(value: unknown, callSite: string | undefined, iteration: Iteration): TypeError {
  if (callSite === undefined) {
    const kind = typeof value === 'object' && value !== null ? 'object' : `${typeof value} ${String(value)}`;
    return new TypeError(
      `${value === undefined ? 'undefined' : kind} is not iterable (cannot read property Symbol(Symbol.iterator))`,
    );
  }
  if (iteration !== 'spread')
    return new TypeError(`${callSite} is not ${iteration === 'async' ? 'async ' : ''}iterable`);
  return new TypeError(
    value === null || value === undefined
      ? `${callSite} is not iterable (cannot read property ${String(value)})`
      : 'Spread syntax requires ...iterable[Symbol.iterator] to be a function',
  );
}

export function undestructurable(value: unknown, callSite: string | undefined, property?: string): string {
  if (callSite === undefined && property !== undefined)
    return `Cannot read properties of ${String(value)} (reading '${property}')`;
  const what = callSite === '' ? (value === null ? 'object null' : 'undefined') : callSite;
  const target =
    property === undefined ? `'${what ?? String(value)}'` : `property '${property}' of '${what}'`;
  return `Cannot destructure ${target} as it is ${String(value)}.`;
}

export function isConstructor(value: unknown): boolean {
  if (typeof value !== 'function') return false;
  if (knownConstructors.has(value)) return true;
  try {
    // A proxy can be constructed if its target can, and constructing this one runs no code of the target.
    Reflect.construct(new Proxy(value, { construct: () => value }) as Callback & (new () => object), []);
    knownConstructors.add(value);
    return true;
  } catch {
    return false;
  }
}

const knownConstructors = withOwnMethods(new WeakSet<object>());
