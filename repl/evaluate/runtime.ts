import { types } from 'node:util';
import type { Interrupts } from './interrupt.ts';
import { walks, type Callback } from './lists.ts';
import type { Keys } from './passes/assignments.ts';
import type { Scope } from './scope.ts';

/** What knows which objects have to be loaded before they can be read: the session. */
export interface LazySource {
  /** @returns the object to read `key` from: itself, or a promise of it once it is loaded */
  ready(object: unknown, key: PropertyKey): unknown;
  /** Like `ready`, for a place that cannot wait: throws where `ready` would give a promise. */
  readySync(object: unknown, key: PropertyKey): unknown;
  /** @returns a promise while something expired in `value` is loaded again, undefined if nothing is */
  touch(value: unknown): Promise<void> | undefined;
  isQuery(value: unknown): value is AsyncIterable<unknown>;
  isCollection(value: unknown): boolean;
}

/** What compiled code calls. Its methods are listed in the order in which the passes use them. */
export type Runtime = ReturnType<typeof createRuntime>;

/**
 * @param source loads what is not loaded
 * @param scope the prompt's names
 * @param interrupts stops a statement at its checkpoints
 * @param load imports a module for `import`
 */
export function createRuntime(
  source: LazySource,
  scope: Scope,
  interrupts: Interrupts,
  load: (specifier: string) => Promise<unknown>,
) {
  const ready = (object: unknown, key: PropertyKey) =>
    isPrimitive(object) ? object : source.ready(object, key);
  const readySync = (object: unknown, key: PropertyKey) =>
    isPrimitive(object) ? object : source.readySync(object, key);
  return {
    pending,
    resume<T>(value: T): T {
      interrupts.check();
      return value;
    },
    due: () => interrupts.due(),
    pause: () => interrupts.pause(),

    read(object: unknown, key: PropertyKey): unknown {
      const from = ready(object, key);
      return pending(from) && from !== object ? from.then(loaded => get(loaded, key)) : get(from, key);
    },
    readSync: (object: unknown, key: PropertyKey) => get(readySync(object, key), key),
    ready,
    readySync,
    method(object: unknown, key: PropertyKey, label: string, optional = false): unknown {
      const from = ready(object, key);
      return pending(from) && from !== object
        ? from.then(loaded => bind(loaded, key, label, optional))
        : bind(from, key, label, optional);
    },
    methodSync: (object: unknown, key: PropertyKey, label: string, optional = false) =>
      bind(readySync(object, key), key, label, optional),
    callable: (value: unknown, label: string) => (typeof value === 'function' ? value : notAFunction(label)),
    constructor(value: unknown, label: string): unknown {
      if (typeof value !== 'function') throw new TypeError(`${label} is not a constructor`);
      return value;
    },
    shown: (value: unknown) => source.touch(value)?.then(() => value) ?? value,

    open: (value: unknown, keys: Keys): unknown => openEach(value, keys, ready),
    openSync: (value: unknown, keys: Keys): unknown => openEach(value, keys, readySync),
    peek: (name: string) => (name in globalThis || scope.has(name) ? scope.bindings[name] : undefined),
    declare: (name: string) =>
      void (Object.hasOwn(scope.bindings, name) || (scope.bindings[name] = undefined)),
    constant(): never {
      throw new TypeError('Assignment to constant variable.');
    },

    items: (value: unknown, label: string) => iterable(ready(value, Symbol.iterator), label),
    itemsSync: (value: unknown, label: string) => iterable(readySync(value, Symbol.iterator), label),
    steps: (value: unknown, label: string) =>
      source.isQuery(value) ? stepsOf(value) : iterable(ready(value, Symbol.iterator), label),
    isStep: (value: unknown) => value instanceof Step,
    isEnd: (value: unknown) => value === end,

    isList: (value: unknown, method: string) =>
      source.isCollection(value) ||
      (Array.isArray(value) && (value as unknown as Record<string, unknown>)[method] === arrayMethod(method)),
    async inOrder(
      list: Iterable<unknown>,
      method: string,
      callback: Callback,
      ...extra: unknown[]
    ): Promise<unknown> {
      const walk = walks[method];
      const checked: Callback = function (this: unknown, ...args) {
        interrupts.check();
        return callback.apply(this, args);
      };
      return walk?.(Array.isArray(list) ? list : [...list], checked, extra);
    },
    atOnce: (list: Iterable<unknown>, method: string, callback: Callback, ...extra: unknown[]) =>
      Reflect.apply(arrayMethod(method) as Callback, Array.isArray(list) ? list : [...list], [
        callback,
        ...extra,
      ]),

    import: load,
    exported(module: object, name: string, from: string): unknown {
      if (name in module) return (module as Record<string, unknown>)[name];
      throw new SyntaxError(`The requested module '${from}' does not provide an export named '${name}'`);
    },
  };
}

function pending(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && types.isPromise(value);
}

function isPrimitive(value: unknown): boolean {
  return value === null || (typeof value !== 'object' && typeof value !== 'function');
}

function get(object: unknown, key: PropertyKey): unknown {
  return (object as Record<PropertyKey, unknown>)[key];
}

function bind(object: unknown, key: PropertyKey, label: string, optional: boolean): unknown {
  const method = get(object, key);
  if (optional && (method === null || method === undefined)) return undefined;
  if (typeof method !== 'function') return notAFunction(label);
  return (...args: unknown[]): unknown => Reflect.apply(method, object, args);
}

/** Complains when it is called, after the arguments were computed, as JavaScript does. */
function notAFunction(label: string): () => never {
  return () => {
    throw new TypeError(`${label} is not a function`);
  };
}

function openEach(value: unknown, keys: Keys, ready: LazySource['ready']): unknown {
  if (isPrimitive(value)) return value;
  const waits: Promise<unknown>[] = [];
  for (const [key, inside] of keys) {
    const from = ready(value, key);
    if (pending(from) && from !== value)
      waits.push(
        from.then(loaded => (inside.length > 0 ? openEach(get(loaded, key), inside, ready) : undefined)),
      );
    else if (inside.length > 0 && from === value && isData(value, key)) {
      const within = openEach(get(value, key), inside, ready);
      if (pending(within)) waits.push(within);
    }
  }
  return waits.length === 0 ? value : Promise.all(waits).then(() => value);
}

/** Whether reading a key twice does no more than reading it once. */
function isData(value: unknown, key: string): boolean {
  const found = Object.getOwnPropertyDescriptor(value, key);
  return found !== undefined && 'value' in found;
}

function iterable(value: unknown, label: string): unknown {
  if (pending(value)) return value;
  if (value !== null && value !== undefined && typeof get(value, Symbol.iterator) === 'function')
    return value;
  throw new TypeError(`${value === undefined ? 'undefined' : label} is not iterable`);
}

function arrayMethod(name: string): unknown {
  return (Array.prototype as unknown as Record<string, unknown>)[name];
}

/** One turn of a loop over a query: its value is still to come. */
class Step {
  readonly value: Promise<unknown>;

  constructor(value: Promise<unknown>) {
    this.value = value;
  }
}

const end = Symbol('end');

/** A synchronous loop over an asynchronous source: each turn waits for its own value. */
function* stepsOf(query: AsyncIterable<unknown>): Generator<Step> {
  const iterator = query[Symbol.asyncIterator]();
  let done = false;
  try {
    while (!done) {
      yield new Step(
        iterator.next().then(({ done: last, value }) => {
          done = last === true;
          return done ? end : value;
        }),
      );
    }
  } finally {
    if (!done) void iterator.return?.();
  }
}
