/** A callback that may wait: `(item, index, list) => result`. */
export type Callback = (...args: unknown[]) => unknown;

type Walk = (list: readonly unknown[], callback: Callback, extra: readonly unknown[]) => Promise<unknown>;

/**
 * The walking methods of Array, one call after another, each waited for. What JavaScript says of holes, of the length
 * taken at the start, of `this` and of the subclass a result belongs to holds here too.
 */
export const walks: Readonly<Record<string, Walk>> = {
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
  find: async (list, callback, extra) => (await search(list, callback, extra, forwards(list)))?.item,
  findIndex: async (list, callback, extra) =>
    (await search(list, callback, extra, forwards(list)))?.index ?? -1,
  findLast: async (list, callback, extra) => (await search(list, callback, extra, backwards(list)))?.item,
  findLastIndex: async (list, callback, extra) =>
    (await search(list, callback, extra, backwards(list)))?.index ?? -1,
  reduce: (list, callback, extra) => fold(list, callback, extra, forwards(list)),
  reduceRight: (list, callback, extra) => fold(list, callback, extra, backwards(list)),
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
  return typeof species === 'function'
    ? new (species as new (length: number) => unknown[])(length)
    : Object.assign([], { length });
}

function define(list: unknown[], index: number, value: unknown): void {
  Object.defineProperty(list, index, { value, writable: true, enumerable: true, configurable: true });
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
  order: Iterable<number>,
): Promise<{ item: unknown; index: number } | undefined> {
  for (const index of order) {
    const item = list[index];
    if (await callback.call(thisArg, item, index, list)) return { item, index };
  }
  return undefined;
}

async function fold(
  list: readonly unknown[],
  callback: Callback,
  extra: readonly unknown[],
  order: Iterable<number>,
): Promise<unknown> {
  let [accumulated] = extra;
  let started = extra.length > 0;
  for (const index of order) {
    if (!(index in list)) continue;
    accumulated = started ? await callback(accumulated, list[index], index, list) : list[index];
    started = true;
  }
  if (!started) throw new TypeError('Reduce of empty array with no initial value');
  return accumulated;
}

function* forwards({ length }: readonly unknown[]): Generator<number> {
  for (let index = 0; index < length; index++) yield index;
}

function* backwards({ length }: readonly unknown[]): Generator<number> {
  for (let index = length - 1; index >= 0; index--) yield index;
}
