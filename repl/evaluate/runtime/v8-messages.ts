import type { Callback } from './sequential-array-methods.ts';

// What V8 says, with the names that were typed: its own words would show the compiled ones.

/** Complains when it is called, after the arguments were computed, as JavaScript does. */
export function notAFunction(label: string): () => never {
  return () => {
    throw new TypeError(`${label} is not a function`);
  };
}

/** Complains when it is constructed, after the arguments were computed. */
export function notAConstructor(label: string): unknown {
  return function () {
    throw new TypeError(`${label} is not a constructor`);
  };
}

/** Where something is iterated over: V8 has other words for each. */
export type Iteration = 'plain' | 'spread' | 'async';

export function notIterable(value: unknown, label: string | undefined, how: Iteration): TypeError {
  if (label === undefined) {
    const kind = typeof value === 'object' && value !== null ? 'object' : `${typeof value} ${String(value)}`;
    return new TypeError(
      `${value === undefined ? 'undefined' : kind} is not iterable (cannot read property Symbol(Symbol.iterator))`,
    );
  }
  if (how !== 'spread') return new TypeError(`${label} is not ${how === 'async' ? 'async ' : ''}iterable`);
  return new TypeError(
    value === null || value === undefined
      ? `${label} is not iterable (cannot read property ${String(value)})`
      : 'Spread syntax requires ...iterable[Symbol.iterator] to be a function',
  );
}

export function undestructurable(value: unknown, label: string | undefined, property?: string): string {
  if (label === undefined && property !== undefined)
    return `Cannot read properties of ${String(value)} (reading '${property}')`;
  const what =
    property === undefined ? `'${label ?? String(value)}'` : `property '${property}' of '${label}'`;
  return `Cannot destructure ${what} as it is ${String(value)}.`;
}

export function isConstructor(value: unknown): boolean {
  if (typeof value !== 'function') return false;
  if (constructors.has(value)) return true;
  try {
    // A proxy can be constructed if its target can, and asking it runs nothing of the target.
    Reflect.construct(new Proxy(value, { construct: () => value }) as Callback & (new () => object), []);
    constructors.add(value);
    return true;
  } catch {
    return false;
  }
}

const constructors = new WeakSet<object>();
