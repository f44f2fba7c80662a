import type { Callback } from './values.ts';

type SequentialMethod = (
  list: readonly unknown[],
  callback: Callback,
  extra: readonly unknown[],
) => Promise<unknown>;

/**
 * The methods of Array that take a callback, calling it for one item after another and waiting for each. Holes, the
 * length taken at the start, `this` and the class of the result are treated as JavaScript treats them.
 */
export const sequentialMethods: Readonly<Record<string, SequentialMethod>> = {
  map,
  async filter(list, callback, extra) {
    const { length } = list;
    const kept = newList(list, 0);
    let count = 0;
    await visit(
      list,
      length,
      callback,
      extra,
      (result, _, item) => void (result && define(kept, count++, item)),
    );
    return kept;
  },
  async flatMap(list, callback, extra) {
    return (await map(list, callback, extra)).flat();
  },
  async forEach(list, callback, extra) {
    await visit(list, list.length, callback, extra, () => undefined);
  },
  async some(list, callback, extra) {
    const found = await visit(list, list.length, callback, extra, result =>
      result ? { value: true } : undefined,
    );
    return found?.value ?? false;
  },
  async every(list, callback, extra) {
    const found = await visit(list, list.length, callback, extra, result =>
      result ? undefined : { value: false },
    );
    return found?.value ?? true;
  },
  find: async (list, callback, extra) => (await search(list, callback, extra, 1))?.item,
  findIndex: async (list, callback, extra) => (await search(list, callback, extra, 1))?.index ?? -1,
  findLast: async (list, callback, extra) => (await search(list, callback, extra, -1))?.item,
  findLastIndex: async (list, callback, extra) => (await search(list, callback, extra, -1))?.index ?? -1,
  reduce: (list, callback, extra) => fold(list, callback, extra, 1),
  reduceRight: (list, callback, extra) => fold(list, callback, extra, -1),
};

async function map(
  list: readonly unknown[],
  callback: Callback,
  extra: readonly unknown[],
): Promise<unknown[]> {
  const { length } = list;
  const results = newList(list, length);
  await visit(list, length, callback, extra, (result, index) => define(results, index, result));
  return results;
}

/** A new list of the class that JavaScript would choose. */
function newList(list: readonly unknown[], length: number): unknown[] {
  const listClass: unknown = list.constructor;
  const species: unknown =
    typeof listClass === 'function'
      ? (listClass as { [Symbol.species]?: unknown })[Symbol.species]
      : undefined;
  return Reflect.construct(typeof species === 'function' ? species : Array, [length]) as unknown[];
}

/** Defines an item, which for a plain array is an assignment, only slower. */
function define(list: unknown[], index: number, value: unknown): void {
  if (list.constructor === Array) list[index] = value;
  else Object.defineProperty(list, index, { value, writable: true, enumerable: true, configurable: true });
}

/**
 * @param length the length at the start, which is read before the list for the results is made
 * @param onResult ends the visit by returning something
 */
async function visit(
  list: readonly unknown[],
  length: number,
  callback: Callback,
  [thisArg]: readonly unknown[],
  onResult: (result: unknown, index: number, item: unknown) => { value: unknown } | void,
): Promise<{ value: unknown } | undefined> {
  for (let index = 0; index < length; index++) {
    if (!(index in list)) continue;
    const item = list[index];
    const end = onResult(await callback.call(thisArg, item, index, list), index, item);
    if (end) return end;
  }
  return undefined;
}

type Direction = 1 | -1;

async function search(
  list: readonly unknown[],
  callback: Callback,
  [thisArg]: readonly unknown[],
  direction: Direction,
): Promise<{ item: unknown; index: number } | undefined> {
  for (const index of indexesOf(list, direction)) {
    const item = list[index];
    if (await callback.call(thisArg, item, index, list)) return { item, index };
  }
  return undefined;
}

async function fold(
  list: readonly unknown[],
  callback: Callback,
  extra: readonly unknown[],
  direction: Direction,
): Promise<unknown> {
  let [accumulated] = extra;
  let hasStarted = extra.length > 0;
  for (const index of indexesOf(list, direction)) {
    if (!(index in list)) continue;
    accumulated = hasStarted ? await callback(accumulated, list[index], index, list) : list[index];
    hasStarted = true;
  }
  if (!hasStarted) throw new TypeError('Reduce of empty array with no initial value');
  return accumulated;
}

function* indexesOf({ length }: readonly unknown[], direction: Direction): Generator<number> {
  if (direction === 1) for (let index = 0; index < length; index++) yield index;
  else for (let index = length - 1; index >= 0; index--) yield index;
}
