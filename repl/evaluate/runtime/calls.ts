import type { Scope } from './scope.ts';
import type { LazySource } from './lazy-source.ts';
import type { Reads } from './reads.ts';
import { isConstructor, notAConstructor, notAFunction } from './v8-messages.ts';
import { type Callback, hasEntities, isPromise } from './values.ts';

/** Calls of functions, methods and constructors. Each names its callee as V8 does, for the error if it is not one. */
export function createCalls(source: LazySource, scope: Scope, { read, readSync }: Reads) {
  /** A function that may look at entities where it cannot wait: what has expired in them is loaded again first. */
  const refreshing =
    (call: Callback, list?: unknown): Callback =>
    (...args) => {
      const seen = [list, ...args].filter(value => source.isEntity(value) || hasEntities(value, source));
      const wait = seen.length > 0 ? source.touch(seen) : undefined;
      return wait ? wait.then(() => call(...args)) : call(...args);
    };
  const bindMethod = (object: unknown, found: unknown, callSite: string, isOptional: boolean): unknown => {
    const call = bind(object, found, callSite, isOptional);
    if (object === JSON) return refreshing(call as Callback);
    return hasEntities(object, source) ? refreshing(call as Callback, object) : call;
  };
  return {
    method(object: unknown, key: PropertyKey, callSite: string, isOptional = false): unknown {
      const method = read(object, key);
      return isPromise(method)
        ? method.then(found => bindMethod(object, found, callSite, isOptional))
        : bindMethod(object, method, callSite, isOptional);
    },
    methodSync: (object: unknown, key: PropertyKey, callSite: string, isOptional = false): unknown =>
      bind(object, readSync(object, key), callSite, isOptional),
    /** A method that JavaScript itself has looked up, and that may be missing. */
    bound: (object: unknown, method: unknown, callSite: string): unknown =>
      bind(object, method, callSite, true),
    callable(value: unknown, callSite: string): unknown {
      if (typeof value !== 'function') return notAFunction(callSite);
      return scope.provides(value)
        ? value
        : refreshing((...args) => Reflect.apply(value, undefined, args) as unknown);
    },
    callableSync: (value: unknown, callSite: string): unknown =>
      typeof value === 'function' ? value : notAFunction(callSite),
    constructible: (value: unknown, callSite: string): unknown =>
      isConstructor(value) ? source.constructorOf(value) : notAConstructor(callSite),
  };
}

function bind(object: unknown, method: unknown, callSite: string, isOptional: boolean): unknown {
  if (isOptional && (method === null || method === undefined)) return undefined;
  if (typeof method !== 'function') return notAFunction(callSite);
  return (...args: unknown[]): unknown => Reflect.apply(method, object, args);
}
