// What the runtime uses of JavaScript while typed code runs, taken when the shell loads: a line may overwrite any of it.
// The files of the runtime import these names, which hide the globals.

const { create, defineProperties, getOwnPropertyDescriptors } = globalThis.Object;

/** Objects with the same functions; they cannot be called themselves. */
export const Reflect = copyOf(globalThis.Reflect);
export const JSON = copyOf(globalThis.JSON);
export const Object = copyOf(globalThis.Object);
export const Symbol = copyOf(globalThis.Symbol);

/** The time since the program started, in ms. */
export const now: () => number = globalThis.performance.now.bind(globalThis.performance);
export const globals: object = globalThis;
export const Atomics = copyOf(globalThis.Atomics);

export const { Array, Float64Array, Map, Proxy, RangeError, ReferenceError, String, SyntaxError, TypeError } =
  globalThis;
export const toObject = globalThis.Object as (value: unknown) => object;
export const { from, isArray } = globalThis.Array;
export const ofFunctions = copyOf(globalThis.Function.prototype);

/** Gives a collection the methods of its class as its own. */
export function withOwnMethods<T extends object>(collection: T): T {
  return defineProperties(
    collection,
    getOwnPropertyDescriptors(globalThis.Reflect.getPrototypeOf(collection) as object),
  );
}

export function some<T>(list: readonly T[], holds: (item: T) => boolean): boolean {
  for (let index = 0; index < list.length; index++) if (holds(list[index] as T)) return true;
  return false;
}

/** What is given to `apply` as a list. */
export function listOf(args: unknown): unknown[] {
  return args === null || args === undefined ? [] : from(args as ArrayLike<unknown>);
}

/** The items of a list after another item. */
export function after(first: unknown, list: readonly unknown[]): unknown[] {
  const all = [first];
  for (let index = 0; index < list.length; index++) all[index + 1] = list[index];
  return all;
}

/** The items of two lists. */
export function joined(first: readonly unknown[], second: readonly unknown[]): unknown[] {
  const all: unknown[] = [];
  for (let index = 0; index < first.length; index++) all[index] = first[index];
  for (let index = 0; index < second.length; index++) all[first.length + index] = second[index];
  return all;
}

/** The items of a list that are left without the first. */
export function withoutFirst(list: readonly unknown[]): unknown[] {
  const rest: unknown[] = [];
  for (let index = 1; index < list.length; index++) rest[index - 1] = list[index];
  return rest;
}

function copyOf<T extends object>(original: T): T {
  return create(null, getOwnPropertyDescriptors(original)) as T;
}
