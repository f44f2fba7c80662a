import { collect } from './iteration.ts';
import { letsWait, looksInside, takesItems, usesResults } from './built-in-callees.ts';
import { callOther, drive, offerToWait, refusePromise } from './coroutine.ts';
import type { Interrupts } from './interrupt.ts';
import type { LazySource } from './lazy-source.ts';
import type { Scope } from './scope.ts';
import { drain, TypedGenerator } from './typed-generators.ts';
import { isSort, sortList } from './sorting.ts';
import { asComparison, asTyped, isTypedFunction } from './typed-functions.ts';
import { isConstructor, notAConstructor, notAFunction } from './v8-messages.ts';
import { type Callback, isPrimitive, isPromise } from './values.ts';
import { type CallBack, type Waiting, waitingBuiltins, waitingMethod } from './waiting-builtins.ts';

/** What calls need to know. */
interface CallContext {
  readonly source: LazySource;
  readonly scope: Scope;
  readonly interrupts: Interrupts;
  /** Whether the code that calls can wait. */
  readonly waits: boolean;
}

/** Calls of functions, methods and constructors. Each names its callee as V8 does, for the error if it is not one. */
export function createCalls({ source, scope, interrupts, waits }: CallContext) {
  const callTyped = (callee: Callback, self: unknown, args: readonly unknown[]): unknown => {
    offerToWait(waits);
    return Reflect.apply(callee, self, args);
  };
  const apply = (callee: Callback, self: unknown, args: readonly unknown[], callSite: string): unknown => {
    if (isTypedFunction(callee)) return callTyped(callee, self, args);
    if (callee === Function.prototype.call && typeof self === 'function')
      return apply(self as Callback, args[0], args.slice(1), callSite);
    if (callee === Function.prototype.apply && typeof self === 'function')
      return apply(self as Callback, args[0], listOf(args[1]), callSite);
    if (callee === Reflect.apply && typeof args[0] === 'function' && !isPrimitive(args[2]))
      return apply(args[0] as Callback, args[1], listOf(args[2]), callSite);
    if (callee === Function.prototype.bind && isTypedFunction(self))
      return asTyped(Reflect.apply(callee, self, args));
    const hasCallback = args.some(isCallback);
    if (waits) {
      if (
        takesItems(callee) &&
        args.some(value => isUnread(value) && !(hasCallback && value instanceof TypedGenerator))
      )
        return readAll(args).then(read => apply(callee, self, read, callSite));
      if (isTypedFunction(args[0]) && isSort(callee)) return callSort(callee, self, args[0]);
      const waiting = hasCallback || self instanceof TypedGenerator ? waitingFor(callee, self) : undefined;
      if (waiting) return afterLoading(self, () => callWaiting(waiting, self, args, callSite));
    }
    const mayWait = scope.provides(callee) || scope.provides(self) || letsWait(callee);
    const refuse = hasCallback && !mayWait && usesResults(callee) ? refusalOf(callSite) : undefined;
    // Some call back later: what they are given refuses a promise by itself.
    const callsBack = refuse && waitingFor(callee, self);
    const given = !hasCallback
      ? args
      : mayWait
        ? args.map(patient)
        : callsBack
          ? args.map(value => strict(value, refuse))
          : args;
    const call = () => callOther(refuse, () => Reflect.apply(callee, self, given));
    if (scope.provides(callee) || !looksInside(callee)) return call();
    return afterRefreshing([self, ...args], callee === JSON.stringify, callSite, call);
  };
  const refusalOf = (callSite: string) => () => source.cannotWait(`A callback of ${callSite}`);
  const callWaiting = (
    waiting: Waiting,
    self: unknown,
    args: readonly unknown[],
    callSite: string,
  ): unknown => {
    /** Each item is a turn of a loop, in which Ctrl-C can stop it. */
    const callForItem = (callback: unknown, receiver: unknown, ...given: unknown[]): unknown => {
      const result = isTypedFunction(callback)
        ? callTyped(callback, receiver, given)
        : apply(callback as Callback, receiver, given, callSite);
      return interrupts.isPauseDue() ? pauseAfter(result) : result;
    };
    const callBack: CallBack = Object.assign(callForItem, { cannotWait: refusalOf(callSite) });
    const list = isPrimitive(self) && typeof self !== 'string' ? self : Object(self);
    return drive(waiting(list as never, args, callBack), true);
  };
  /** A sort cannot pause, as it would start again: only memory that another thread sets can stop it. */
  const callSort = (sort: Callback, list: unknown, compare: Callback): unknown => {
    const ask = asComparison(compare) ?? ((...pair: unknown[]) => callTyped(compare, undefined, pair));
    return drive(
      sortList(list, sort, ask, () => interrupts.checkTurn()),
      true,
    );
  };
  const pauseAfter = async (result: unknown): Promise<unknown> => {
    const value = await result;
    await interrupts.pause();
    return value;
  };
  const isUnread = (value: unknown): boolean =>
    source.isQuery(value) || source.isCollection(value) || value instanceof TypedGenerator;
  /** Queries, collections and typed generators as lists. */
  const readAll = (values: readonly unknown[]): Promise<unknown[]> =>
    Promise.all(
      values.map(async value => {
        if (source.isQuery(value)) return collect(value);
        if (value instanceof TypedGenerator) return drive(drain(value), true);
        if (source.isCollection(value)) await source.touch(value);
        return source.isCollection(value) ? [...(value as Iterable<unknown>)] : value;
      }),
    );
  const waitingFor = (callee: Callback, self: unknown): Waiting | undefined =>
    source.isCollection(self) ? waitingMethod(callee.name) : waitingBuiltins.get(callee);
  /** A collection is loaded before it is walked. */
  const afterLoading = (self: unknown, call: () => unknown): unknown => {
    const loaded = source.isCollection(self) ? source.read(self, Symbol.iterator) : undefined;
    return isPromise(loaded) ? loaded.then(call) : call();
  };
  /** What has expired in values is loaded again before a function looks at them. */
  const afterRefreshing = (
    values: readonly unknown[],
    isGraph: boolean,
    callSite: string,
    call: () => unknown,
  ): unknown => {
    const wait = values.every(isPrimitive) ? undefined : source.touch(values, isGraph);
    if (!wait) return call();
    if (waits) return wait.then(call);
    wait.catch(() => undefined);
    throw source.cannotWait(`What ${callSite} is given`);
  };
  return {
    invoke(method: unknown, self: unknown, callSite: string, ...args: unknown[]): unknown {
      if (typeof method !== 'function') return notAFunction(callSite)();
      return apply(method as Callback, self, args, callSite);
    },
    /** A call whose promise is wanted as it is: callbacks are called at once, as `Promise.all(posts.map(…))` wants it. */
    start(method: unknown, self: unknown, callSite: string, ...args: unknown[]): unknown {
      if (typeof method !== 'function') return notAFunction(callSite)();
      const callee = method as Callback;
      if (!waits || !waitingFor(callee, self)) return apply(callee, self, args, callSite);
      const list = source.isCollection(self) ? [...(self as Iterable<unknown>)] : self;
      return callOther(undefined, () => Reflect.apply(callee, list, args.map(patient)));
    },
    /** A private method, which only JavaScript can look up. */
    invokePrivate: (method: Callback, self: unknown, _callSite: string, ...args: unknown[]): unknown =>
      callTyped(method, self, args),
    invokeTag:
      (method: unknown, self: unknown, callSite: string): Callback =>
      (...args) => {
        if (typeof method !== 'function') return notAFunction(callSite)();
        return apply(method as Callback, self, args, callSite);
      },
    construct(callee: unknown, callSite: string, ...args: unknown[]): unknown {
      if (!isConstructor(callee)) return Reflect.construct(notAConstructor(callSite) as Callback, []);
      const made = source.constructorOf(callee) as new () => object;
      const build = (given: readonly unknown[]) =>
        callOther(undefined, () => Reflect.construct(made, given) as unknown);
      if (callee === Promise) return build(args.map(asExecutor));
      if (!waits || !takesItems(callee)) return build(args);
      if (args.some(isUnread)) return readAll(args).then(build);
      const wait = source.touch(args);
      return wait ? wait.then(() => build(args)) : build(args);
    },
  };
}

/** Whether a value is a function that can wait, or that has to be called in a certain way. */
function isCallback(value: unknown): boolean {
  return (
    typeof value === 'function' && (isTypedFunction(value) || value === String || value === JSON.stringify)
  );
}

/** A callback for other code, which waits for what it answers, or does not look at that. */
function patient(value: unknown): unknown {
  if (!isTypedFunction(value)) return value;
  return function (this: unknown, ...args: unknown[]): unknown {
    offerToWait(true);
    return Reflect.apply(value, this, args);
  };
}

/** A callback that is an error where it returns a promise. */
function strict(value: unknown, refuse: () => Error): unknown {
  if (!isTypedFunction(value)) return value;
  return function (this: unknown, ...args: unknown[]): unknown {
    offerToWait(false);
    const result: unknown = Reflect.apply(value, this, args);
    return isPromise(result) ? refusePromise(result, refuse) : result;
  };
}

/** Nobody looks at what the function given to `new Promise` returns; an error in it rejects the promise. */
function asExecutor(value: unknown): unknown {
  if (!isTypedFunction(value)) return value;
  return (resolve: unknown, reject: (error: unknown) => void): void => {
    offerToWait(true);
    const result: unknown = Reflect.apply(value, undefined, [resolve, reject]);
    if (isPromise(result)) result.catch(reject);
  };
}

function listOf(args: unknown): unknown[] {
  return args === null || args === undefined ? [] : Array.from(args as ArrayLike<unknown>);
}
