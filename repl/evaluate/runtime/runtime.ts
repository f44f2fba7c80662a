import { types } from 'node:util';
import type { Interrupts } from './interrupt.ts';
import {
  isConstructor,
  notAConstructor,
  notAFunction,
  notIterable,
  undestructurable,
  type Iteration,
} from './v8-messages.ts';
import { sequentialMethods, type Callback } from './sequential-array-methods.ts';
import type { Scope } from '../scope.ts';
import { end, Turn, turnsOf } from './query-iteration.ts';

/** What knows which objects have to be loaded before they can be read: the session. */
export interface LazySource {
  /** `object[key]`, or a native promise of it where the database must be asked first. */
  read(object: unknown, key: PropertyKey): unknown;
  /** `object[key]` for a place that cannot wait: throws where `read` would have to. */
  readSync(object: unknown, key: PropertyKey): unknown;
  /** @returns a promise while something expired in `value` is loaded again, undefined if nothing is */
  touch(value: unknown): Promise<void> | undefined;
  isEntity(value: unknown): boolean;
  /** What `new` is to make an object with, given what was typed after it. */
  constructorOf(value: unknown): unknown;
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
  const items = (value: unknown, look: typeof read, label?: string, how: Iteration = 'plain'): unknown => {
    if (value === null || value === undefined) throw notIterable(value, label, how);
    const found = look(value, Symbol.iterator);
    if (pending(found)) return found.then(() => value);
    if (typeof found !== 'function') throw notIterable(value, label, how);
    // What was looked up is not looked up again, as a proxy or a getter would tell; arrays are quicker as they are.
    return Array.isArray(value) && !types.isProxy(value)
      ? value
      : { [Symbol.iterator]: () => Reflect.apply(found as Callback, value, []) };
  };
  const holdsEntities = (value: unknown) =>
    Array.isArray(value) && !types.isProxy(value) && source.isEntity(value[0]);
  /** A call that may look at entities in places that cannot wait: what has expired of them is read again first. */
  const fresh =
    (call: Callback, list?: unknown): Callback =>
    (...args) => {
      const seen = [list, ...args].filter(value => source.isEntity(value) || holdsEntities(value));
      const wait = seen.length > 0 ? source.touch(seen) : undefined;
      return wait ? wait.then(() => call(...args)) : call(...args);
    };
  return {
    pending,
    resume<T>(value: T): T {
      interrupts.check();
      return value;
    },
    turn: () => interrupts.turn(),
    due: () => interrupts.due(),
    pause: () => interrupts.pause(),

    read,
    readSync,
    method(object: unknown, key: PropertyKey, label: string, optional = false): unknown {
      const method = read(object, key);
      const bound = (found: unknown) => {
        const call = bind(object, found, label, optional);
        if (object === JSON) return fresh(call as Callback);
        return holdsEntities(object) ? fresh(call as Callback, object) : call;
      };
      return pending(method) ? method.then(bound) : bound(method);
    },
    methodSync: (object: unknown, key: PropertyKey, label: string, optional = false) =>
      bind(object, readSync(object, key), label, optional),
    callable(value: unknown, label: string): unknown {
      if (typeof value !== 'function') return notAFunction(label);
      return scope.provides(value)
        ? value
        : fresh((...args) => Reflect.apply(value, undefined, args) as unknown);
    },
    callableSync: (value: unknown, label: string) =>
      typeof value === 'function' ? value : notAFunction(label),
    bound: (object: unknown, method: unknown, label: string) => bind(object, method, label, true),
    constructor: (value: unknown, label: string) =>
      isConstructor(value) ? source.constructorOf(value) : notAConstructor(label),
    shown: (value: unknown) => source.touch(value)?.then(() => value) ?? value,

    object(value: unknown, label: string | undefined, property?: string): unknown {
      if (value !== null && value !== undefined) return value;
      throw new TypeError(undestructurable(value, label, property));
    },
    key: (value: unknown) => (isPrimitive(value) ? value : Reflect.ownKeys({ [value as string]: 0 })[0]),
    rest: withoutKeys,
    peek: (name: string) => (name in globalThis || scope.has(name) ? scope.bindings[name] : undefined),
    declare: (name: string) =>
      void (scope.has(name) || name in globalThis || (scope.bindings[name] = undefined)),
    constant: (name: string) => scope.fix(name),

    items: (value: unknown, label?: string, how?: Iteration) =>
      source.isQuery(value) ? collect(value) : items(value, read, label, how),
    itemsSync: (value: unknown, label?: string, how?: Iteration) => items(value, readSync, label, how),
    asyncItems(value: unknown, label: string): unknown {
      const found = readSync(value, Symbol.asyncIterator);
      if (found !== null && found !== undefined)
        return { [Symbol.asyncIterator]: () => Reflect.apply(found as Callback, value, []) };
      return items(value, read, label, 'async');
    },
    steps: (value: unknown, label: string) =>
      source.isQuery(value) ? turnsOf(value) : items(value, read, label),
    isStep: (value: unknown) => value instanceof Turn,
    isEnd: (value: unknown) => value === end,

    list(value: unknown): unknown {
      const found = source.isCollection(value) ? read(value, Symbol.iterator) : undefined;
      return pending(found) ? found.then(() => value) : value;
    },
    isList: (value: unknown, method: string) =>
      source.isCollection(value) ||
      (Array.isArray(value) && (value as unknown as Record<string, unknown>)[method] === arrayMethod(method)),
    inOrder: (list: Iterable<unknown>, method: string, callback: Callback, ...extra: unknown[]) =>
      sequentialMethods[method]?.(
        Array.isArray(list) ? list : [...list],
        patient(callback, interrupts),
        extra,
      ),
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

/** A callback whose every call is a checkpoint, like a turn of a loop. */
function patient(callback: Callback, interrupts: Interrupts): Callback {
  return function (this: unknown, ...args) {
    return interrupts.due()
      ? interrupts.pause().then(() => Reflect.apply(callback, this, args))
      : Reflect.apply(callback, this, args);
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

/** What `...rest` gets of an object. */
function withoutKeys(object: object, keys: readonly PropertyKey[]): object {
  const rest = {};
  const taken = new Set(keys.map(key => (typeof key === 'symbol' ? key : String(key))));
  for (const key of Reflect.ownKeys(Object(object) as object)) {
    if (taken.has(key) || !Object.getOwnPropertyDescriptor(object, key)?.enumerable) continue;
    const value: unknown = Reflect.get(object, key);
    Object.defineProperty(rest, key, { value, writable: true, enumerable: true, configurable: true });
  }
  return rest;
}

async function collect(source: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const each of source) all.push(each);
  return all;
}

function arrayMethod(name: string): unknown {
  return (Array.prototype as unknown as Record<string, unknown>)[name];
}
