import { types } from 'node:util';
import type { Interrupts } from './interrupt.ts';
import { walks, type Callback } from './lists.ts';
import type { Keys } from './passes/assignments.ts';
import type { Scope } from './scope.ts';

/** What knows which objects have to be loaded before they can be read: the session. */
export interface LazySource {
  /** `object[key]`, or a native promise of it where the database must be asked first. */
  read(object: unknown, key: PropertyKey): unknown;
  /** `object[key]` for a place that cannot wait: throws where `read` would have to. */
  readSync(object: unknown, key: PropertyKey): unknown;
  /** @returns a promise while something expired in `value` is loaded again, undefined if nothing is */
  touch(value: unknown): Promise<void> | undefined;
  isEntity(value: unknown): boolean;
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
  const read = (object: unknown, key: PropertyKey) =>
    isPrimitive(object) ? get(object, key) : source.read(object, key);
  const readSync = (object: unknown, key: PropertyKey) =>
    isPrimitive(object) ? get(object, key) : source.readSync(object, key);
  const items = (value: unknown, look: typeof read, label: string): unknown => {
    const found = value === null || value === undefined ? undefined : look(value, Symbol.iterator);
    if (pending(found)) return found.then(() => value);
    if (typeof found === 'function') return value;
    throw new TypeError(`${value === undefined ? 'undefined' : label} is not iterable`);
  };
  const open = (value: unknown, keys: Keys, look: typeof read): unknown => {
    const waits: Promise<unknown>[] = [];
    for (const [key, inside] of keys) {
      if (!source.isEntity(value) && !holds(value, key)) continue;
      const found = look(value, key);
      const opened = pending(found)
        ? found.then(each => open(each, inside, look))
        : open(found, inside, look);
      if (pending(opened)) waits.push(opened);
    }
    return waits.length === 0 ? value : Promise.all(waits).then(() => value);
  };
  return {
    pending,
    resume<T>(value: T): T {
      interrupts.check();
      return value;
    },
    due: () => interrupts.due(),
    pause: () => interrupts.pause(),

    read,
    readSync,
    ready(object: unknown, key: PropertyKey): unknown {
      const found = source.isEntity(object) ? read(object, key) : undefined;
      return pending(found) ? found.then(() => object) : object;
    },
    readySync(object: unknown, key: PropertyKey): unknown {
      if (source.isEntity(object)) readSync(object, key);
      return object;
    },
    method(object: unknown, key: PropertyKey, label: string, optional = false): unknown {
      const method = read(object, key);
      return pending(method)
        ? method.then(found => bind(object, found, label, optional))
        : bind(object, method, label, optional);
    },
    methodSync: (object: unknown, key: PropertyKey, label: string, optional = false) =>
      bind(object, readSync(object, key), label, optional),
    callable: (value: unknown, label: string) => (typeof value === 'function' ? value : notAFunction(label)),
    constructor(value: unknown, label: string): unknown {
      if (typeof value !== 'function') throw new TypeError(`${label} is not a constructor`);
      return value;
    },
    shown: (value: unknown) => source.touch(value)?.then(() => value) ?? value,

    open: (value: unknown, keys: Keys): unknown => open(value, keys, read),
    openSync: (value: unknown, keys: Keys): unknown => open(value, keys, readSync),
    peek: (name: string) => (name in globalThis || scope.has(name) ? scope.bindings[name] : undefined),
    declare: (name: string) =>
      void (Object.hasOwn(scope.bindings, name) || (scope.bindings[name] = undefined)),
    constant(): never {
      throw new TypeError('Assignment to constant variable.');
    },

    items: (value: unknown, label: string) =>
      source.isQuery(value) ? collect(value) : items(value, read, label),
    itemsSync: (value: unknown, label: string) => items(value, readSync, label),
    steps: (value: unknown, label: string) =>
      source.isQuery(value) ? stepsOf(value) : items(value, read, label),
    isStep: (value: unknown) => value instanceof Step,
    isEnd: (value: unknown) => value === end,

    list: (value: unknown) => (source.isCollection(value) ? items(value, read, '') : value),
    isList: (value: unknown, method: string) =>
      source.isCollection(value) ||
      (Array.isArray(value) && (value as unknown as Record<string, unknown>)[method] === arrayMethod(method)),
    inOrder: (list: Iterable<unknown>, method: string, callback: Callback, ...extra: unknown[]) =>
      walks[method]?.(Array.isArray(list) ? list : [...list], callback, extra),
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

function bind(object: unknown, method: unknown, label: string, optional: boolean): unknown {
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

/** Whether a plain object holds a value under a key, so that looking at it runs no code. */
function holds(value: unknown, key: string): boolean {
  if (isPrimitive(value) || types.isProxy(value)) return false;
  const found = Object.getOwnPropertyDescriptor(value, key);
  return found !== undefined && 'value' in found;
}

async function collect(source: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const each of source) all.push(each);
  return all;
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
