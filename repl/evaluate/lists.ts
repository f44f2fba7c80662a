/** A callback that may wait: `(item, index, list) => result`. */
export type Callback = (...args: unknown[]) => unknown;

type Walk = (list: readonly unknown[], callback: Callback, extra: readonly unknown[]) => Promise<unknown>;

/**
 * The walking methods of Array, one call after another, each waited for. What JavaScript says of holes, of the length
 * taken at the start, of `this` and of the subclass a result belongs to holds here too.
 */
export const walks: Readonly<Record<string, Walk>> = {
  async map(list, callback, extra) {
    const results: unknown[] = [];
    await visit(list, callback, extra, (result, index) => void (results[index] = result));
    results.length = list.length;
    return list.constructor === Array
      ? results
      : Array.prototype.map.call(list, (_, index) => results[index]);
  },
  async filter(list, callback, extra) {
    const kept: unknown[] = [];
    await visit(list, callback, extra, (result, _, item) => void (result && kept.push(item)));
    const species = Array.prototype.slice.call(list, 0, 0) as unknown[];
    species.push(...kept);
    return species;
  },
  async flatMap(list, callback, extra) {
    return ((await walks['map']?.(list, callback, extra)) as unknown[]).flat();
  },
  async forEach(list, callback, extra) {
    await visit(list, callback, extra, () => undefined);
  },
  some: async (list, callback, extra) =>
    (await visit(list, callback, extra, result => (result ? { value: true } : undefined)))?.value ?? false,
  every: async (list, callback, extra) =>
    (await visit(list, callback, extra, result => (result ? undefined : { value: false })))?.value ?? true,
  find: async (list, callback, extra) => (await search(list, callback, extra, forwards(list)))?.item,
  findIndex: async (list, callback, extra) =>
    (await search(list, callback, extra, forwards(list)))?.index ?? -1,
  findLast: async (list, callback, extra) => (await search(list, callback, extra, backwards(list)))?.item,
  findLastIndex: async (list, callback, extra) =>
    (await search(list, callback, extra, backwards(list)))?.index ?? -1,
  reduce: (list, callback, extra) => fold(list, callback, extra, forwards(list)),
  reduceRight: (list, callback, extra) => fold(list, callback, extra, backwards(list)),
};

async function visit(
  list: readonly unknown[],
  callback: Callback,
  [thisArg]: readonly unknown[],
  take: (result: unknown, index: number, item: unknown) => { value: unknown } | void,
): Promise<{ value: unknown } | undefined> {
  for (const index of forwards(list)) {
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
