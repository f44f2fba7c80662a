import type { Coroutine } from './coroutine.ts';
import { isPromise } from './values.ts';
import { assertFunction, type CallBack, define, type List, waited, type WaitingByName } from './waiting.ts';
import { Array, from, isArray, Reflect, Symbol, TypeError } from './language.ts';

/** Calls back for each item that is there, until `take` gives a result. */
function* visit(
  list: List,
  [callback, self]: readonly unknown[],
  call: CallBack,
  take: (result: unknown, index: number, item: unknown) => { value: unknown } | void,
  length = lengthOf(list),
): Generator<unknown, { value: unknown } | undefined, unknown> {
  assertFunction(callback);
  for (let index = 0; index < length; index++) {
    if (!(index in list)) continue;
    const item = list[index];
    let result = call(callback, self, item, index, list);
    if (isPromise(result)) result = yield result;
    const done = take(result, index, item);
    if (done) return done;
  }
  return undefined;
}

/** Looks at every index, holes too, from one end. */
function* search(
  list: List,
  [callback, self]: readonly unknown[],
  call: CallBack,
  step: 1 | -1,
): Generator<unknown, { item: unknown; index: number } | undefined, unknown> {
  assertFunction(callback);
  const length = lengthOf(list);
  for (let turn = 0, index = first(step, length); turn < length; turn++, index += step) {
    const item = list[index];
    if (yield* waited(call(callback, self, item, index, list))) return { item, index };
  }
  return undefined;
}

function* fold(list: List, args: readonly unknown[], call: CallBack, step: 1 | -1): Coroutine {
  const [callback, initial] = args;
  assertFunction(callback);
  const length = lengthOf(list);
  let accumulated = initial;
  let started = args.length > 1;
  for (let turn = 0, index = first(step, length); turn < length; turn++, index += step) {
    if (!(index in list)) continue;
    if (started) {
      const result = call(callback, undefined, accumulated, list[index], index, list);
      accumulated = isPromise(result) ? yield result : result;
    } else accumulated = list[index];
    started = true;
  }
  if (!started) throw new TypeError('Reduce of empty array with no initial value');
  return accumulated;
}

/** The length that JavaScript sees in an array, or in what is like one. */
function lengthOf(list: List): number {
  if (isArray(list)) return list.length;
  const length = +(list.length as unknown as string);
  return length > 0 ? (length === Infinity ? Number.MAX_SAFE_INTEGER : length - (length % 1)) : 0;
}

function first(step: 1 | -1, length: number): number {
  return step === 1 ? 0 : length - 1;
}

function* map(list: List, args: readonly unknown[], call: CallBack): Coroutine {
  assertFunction(args[0]);
  const length = lengthOf(list);
  const results = likeOf(list, length);
  yield* visit(list, args, call, (result, index) => define(results, index, result), length);
  return results;
}

/** The methods of Array. What JavaScript says of holes, of the length taken at the start, of `this` and of subclasses holds. */
export const ofArrays: WaitingByName = {
  map,
  *filter(list: List, args, call) {
    assertFunction(args[0]);
    const length = lengthOf(list);
    const kept = likeOf(list, 0);
    let count = 0;
    yield* visit(list, args, call, (result, _, item) => void (result && define(kept, count++, item)), length);
    return kept;
  },
  *flatMap(list: List, args, call) {
    return ((yield* map(list, args, call)) as unknown[]).flat();
  },
  *forEach(list: List, args, call) {
    yield* visit(list, args, call, () => undefined);
  },
  *some(list: List, args, call) {
    const found = yield* visit(list, args, call, result => (result ? { value: true } : undefined));
    return found !== undefined;
  },
  *every(list: List, args, call) {
    const found = yield* visit(list, args, call, result => (result ? undefined : { value: false }));
    return found === undefined;
  },
  *find(list: List, args, call) {
    return (yield* search(list, args, call, 1))?.item;
  },
  *findIndex(list: List, args, call) {
    return (yield* search(list, args, call, 1))?.index ?? -1;
  },
  *findLast(list: List, args, call) {
    return (yield* search(list, args, call, -1))?.item;
  },
  *findLastIndex(list: List, args, call) {
    return (yield* search(list, args, call, -1))?.index ?? -1;
  },
  reduce: (list: List, args, call) => fold(list, args, call, 1),
  reduceRight: (list: List, args, call) => fold(list, args, call, -1),
};

/** A typed array holds numbers only, and its results are typed arrays. */
export function ofTypedArrays(): WaitingByName {
  const { flatMap: _, map: _map, filter, ...rest } = ofArrays;
  return {
    ...rest,
    *map(list: Int8Array, args, call) {
      const results = list.slice();
      yield* visit(list, args, call, (result, index) => void (results[index] = result as number));
      return results;
    },
    *filter(list: Int8Array, args, call) {
      const kept = (yield* filter?.(from(list) as never, args, call) ?? []) as number[];
      return Reflect.construct(list.constructor, [kept]) as unknown;
    },
  };
}

/** A new list of the class that JavaScript would choose. */
function likeOf(list: List, length: number): unknown[] {
  const own: unknown = isArray(list) ? list.constructor : Array;
  const species: unknown =
    typeof own === 'function' ? (own as { [Symbol.species]?: unknown })[Symbol.species] : undefined;
  return Reflect.construct(typeof species === 'function' ? species : Array, [length]) as unknown[];
}
