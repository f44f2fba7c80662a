/** A callback that may wait: `(item, index, list) => result`. */
export type Callback = (...args: unknown[]) => unknown;

type Walk = (list: readonly unknown[], callback: Callback, extra: readonly unknown[]) => Promise<unknown>;

/**
 * The walking methods of Array, one call after another, each waited for. What JavaScript says of holes, of the length
 * taken at the start, of `this` and of the subclass a result belongs to holds here too.
 */
export const sequentialMethods: Readonly<Record<string, Walk>> = {
  map,
  async filter(list, callback, extra) {
    const { length } = list;
    const kept = likeOf(list, 0);
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
  some: async (list, callback, extra) =>
    (await visit(list, list.length, callback, extra, result => (result ? { value: true } : undefined)))
      ?.value ?? false,
  every: async (list, callback, extra) =>
    (await visit(list, list.length, callback, extra, result => (result ? undefined : { value: false })))
      ?.value ?? true,
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
  const results = likeOf(list, length);
  await visit(list, length, callback, extra, (result, index) => define(results, index, result));
  return results;
}

/** A new list of the class that JavaScript would choose. */
function likeOf(list: readonly unknown[], length: number): unknown[] {
  const own: unknown = list.constructor;
  const species: unknown =
    typeof own === 'function' ? (own as { [Symbol.species]?: unknown })[Symbol.species] : undefined;
  return Reflect.construct(typeof species === 'function' ? species : Array, [length]) as unknown[];
}

/** Gives a list an item of its own; what plain arrays do with an assignment, only slower. */
function define(list: unknown[], index: number, value: unknown): void {
  if (list.constructor === Array) list[index] = value;
  else Object.defineProperty(list, index, { value, writable: true, enumerable: true, configurable: true });
}

async function visit(
  list: readonly unknown[],
  length: number,
  callback: Callback,
  [thisArg]: readonly unknown[],
  take: (result: unknown, index: number, item: unknown) => { value: unknown } | void,
): Promise<{ value: unknown } | undefined> {
  for (let index = 0; index < length; index++) {
    if (!(index in list)) continue;
    const item = list[index];
    const done = take(await callback.call(thisArg, item, index, list), index, item);
    if (done) return done;
  }
  return undefined;
}

async function search(
  list: readonly unknown[],
  callback: Callback,
  [thisArg]: readonly unknown[],
  step: 1 | -1,
): Promise<{ item: unknown; index: number } | undefined> {
  const { length } = list;
  for (let turn = 0, index = first(step, length); turn < length; turn++, index += step) {
    const item = list[index];
    if (await callback.call(thisArg, item, index, list)) return { item, index };
  }
  return undefined;
}

async function fold(
  list: readonly unknown[],
  callback: Callback,
  extra: readonly unknown[],
  step: 1 | -1,
): Promise<unknown> {
  const { length } = list;
  let [accumulated] = extra;
  let started = extra.length > 0;
  for (let turn = 0, index = first(step, length); turn < length; turn++, index += step) {
    if (!(index in list)) continue;
    accumulated = started ? await callback(accumulated, list[index], index, list) : list[index];
    started = true;
  }
  if (!started) throw new TypeError('Reduce of empty array with no initial value');
  return accumulated;
}

function first(step: 1 | -1, length: number): number {
  return step === 1 ? 0 : length - 1;
}
