import { types } from 'node:util';
import { isBuiltIn, lookOf, takesItems } from './built-in-callees.ts';
import { isCallback } from './callbacks.ts';
import { callOther, type Coroutine, drive } from './coroutine.ts';
import type { Interrupts } from './interrupt.ts';
import { collect } from './iteration.ts';
import { globals, isArray, Object, Reflect, some, Symbol, toObject } from './language.ts';
import type { LazySource, Look } from './lazy-source.ts';
import { isSort, sortList } from './sorting.ts';
import { descend, nesting } from './stack.ts';
import { asComparison } from './typed-functions.ts';
import { takeItems } from './typed-generators.ts';
import { type Callback, isPlainArray, isPrimitive, isPromise } from './values.ts';
import { type CallBack, isTypedIterator, type Waiting } from './waiting.ts';
import { waitingBuiltin, waitingMethod } from './waiting-builtins.ts';
import { assertIterator, Walked } from './walked.ts';
import { isTypedFunction } from './what-is-typed.ts';
import { iteratorFrom } from './wrapped-iterators.ts';

/** Calls a function that was typed, or any other, in the way of the code that calls it. */
export type Apply = (
  callee: Callback,
  self: unknown,
  args: readonly unknown[],
  callSite: string,
  /** Whether promises in what is returned are wanted as they are, as by `Promise.all`. */
  isStarted?: boolean,
) => unknown;

const levelsOfWalk = 2;
const flatMap = waitingMethod('flatMap');
const typedArrays = Object.getPrototypeOf(Int8Array) as typeof Int8Array;
const makingNumbers: readonly unknown[] = [
  Reflect.get(typedArrays, 'from'),
  Reflect.get(typedArrays.prototype, 'map'),
];
const flat: unknown = Reflect.get(Array.prototype, 'flat');
const makeIterator: unknown = Reflect.get(Reflect.get(globals, 'Iterator') as object, 'from');
const concat: unknown = Reflect.get(Array.prototype, 'concat');

/** Calls, by code that can wait, of JavaScript's functions that walk lists: they load, and wait for each callback. */
export function createListCalls(source: LazySource, interrupts: Interrupts, apply: Apply) {
  const walk = (waiting: Waiting, self: unknown, args: readonly unknown[], callSite: string): unknown => {
    /** Each item is a turn of a loop, in which Ctrl-C can stop it. */
    const isOurs = some(args, isCallback);
    const callForItem = (callback: unknown, receiver: unknown, ...given: unknown[]): unknown => {
      const returned = isOurs
        ? apply(callback as Callback, receiver, given, callSite)
        : callOther(
            undefined,
            () => Reflect.apply(callback as Callback, receiver, given),
            !isBuiltIn(callback),
          );
      const result = waiting === flatMap ? asList(returned) : returned;
      return interrupts.isPauseDue() ? pauseAfter(result) : result;
    };
    const cannotWait = () => source.cannotWait(`A callback of ${callSite}`);
    const { checkpoint } = interrupts;
    const callBack: CallBack = Object.assign(callForItem, { cannotWait, checkpoint });
    const list = isPrimitive(self) && typeof self !== 'string' ? self : toObject(self);
    return driveWalk(waiting(list as never, args, callBack));
  };
  const pauseAfter = async (result: unknown): Promise<unknown> => {
    const value = await result;
    await interrupts.pause();
    return value;
  };
  /** A sort cannot pause, as it would start again: only memory that another thread sets can stop it. */
  const sort = (callee: Callback, list: unknown, compare: Callback, callSite: string): unknown => {
    const ask =
      asComparison(compare, list) ?? ((...pair: unknown[]) => apply(compare, undefined, pair, callSite));
    const cannotWait = () => source.cannotWait(`A callback of ${callSite}`);
    return driveWalk(sortList(list, callee, ask, () => interrupts.checkTurn(), cannotWait));
  };
  /** A collection is loaded before it is walked. */
  const afterLoading = (self: unknown, call: () => unknown): unknown => {
    const loaded = source.isCollection(self) ? source.read(self, Symbol.iterator) : undefined;
    return isPromise(loaded) ? loaded.then(call) : call();
  };
  /** What code that was not typed is called back with is fresh. */
  const afterTouching = (self: unknown, look: Look, call: () => unknown): unknown => {
    const wait = isPlainArray(self) || source.isCollection(self) ? source.touch(self, look) : undefined;
    return wait ? wait.then(call) : call();
  };
  /** How JavaScript's function waits, or a collection's own under the same name. */
  const waitingFor = (callee: Callback, self: unknown): Waiting | undefined =>
    source.isCollection(self) ? waitingMethod(callee.name) : waitingBuiltin(callee, self);
  const isUnread = (value: unknown): boolean =>
    source.isQuery(value) || source.isCollection(value) || isTypedIterable(value);
  /** A collection as a list, which JavaScript does not know that it is. */
  const asList = (value: unknown): unknown => {
    if (isPromise(value)) return value.then(asList);
    return source.isCollection(value) ? readAll([value]).then(([list]) => list) : value;
  };
  /** All items of an iterator that typed code made. */
  const itemsOf = (iterator: unknown): unknown =>
    drive(takeItems(new Walked(assertIterator(iterator), true, interrupts.checkpoint)), true);
  /** Queries, collections and typed generators as lists. */
  const readAll = (values: readonly unknown[]): Promise<unknown[]> =>
    Promise.all(
      values.map(async value => {
        if (source.isQuery(value)) return collect(value);
        const iteration = iterationOf(value);
        if (isTypedFunction(iteration)) return itemsOf(await apply(iteration, value, [], ''));
        if (isTypedIterator(value)) return itemsOf(value);
        if (source.isCollection(value)) await source.touch(value, 'fields');
        return source.isCollection(value) ? [...(value as Iterable<unknown>)] : value;
      }),
    );
  /** Calls functions that were not typed all at once, as JavaScript does, and waits for the list that they make. */
  const startAll = (callee: Callback, self: unknown, args: readonly unknown[]): unknown => {
    const made = callOther(undefined, () => Reflect.apply(callee, self, args), true);
    return isPlainArray(made) && made.some(isPromise) ? Promise.all(made) : made;
  };
  const isWaitedFor = (value: unknown): boolean =>
    isCallback(value) || (typeof value === 'function' && !isBuiltIn(value));
  return {
    waitingFor,
    /** Whether a function makes a list of what its callback returns, which may hold promises for code that wants them. */
    makesList: (callee: Callback, self: unknown): boolean =>
      callee.name !== 'flatMap' && isMaking(callee) && waitingFor(callee, self) !== undefined,
    /** A collection is called as the list that it is: its own method would call back in the way of a library. */
    callAtOnce(callee: Callback, self: unknown, args: readonly unknown[]): unknown {
      if (!source.isCollection(self)) return Reflect.apply(callee, self, args);
      const list = [...(self as Iterable<unknown>)];
      return Reflect.apply(Reflect.get(list, callee.name) as Callback, list, args);
    },
    isUnread,
    readAll,
    /** @returns how to make the call if it is one of those */
    find(
      callee: Callback,
      self: unknown,
      args: readonly unknown[],
      callSite: string,
    ): (() => unknown) | undefined {
      const hasCallback = some(args, isCallback);
      // What is typed, and called back for each item, is asked for one after another.
      const isReadFirst = (value: unknown) => isUnread(value) && !(hasCallback && isTypedIterable(value));
      if (takesItems(callee) && some(args, isReadFirst))
        return () => readAll(args).then(read => apply(callee, self, read, callSite));
      if (callee === makeIterator && !isPrimitive(args[0]))
        return () => drive(iteratorFrom(args[0] as object), true);
      if (callee === flat && isPlainArray(self) && some(self, item => source.isCollection(item)))
        return () => readAll(self).then(items => apply(callee, items, args, callSite));
      if (callee === concat && some(args, item => source.isCollection(item)))
        return () => readAll(args).then(items => apply(callee, self, items, callSite));
      const compare = args[0];
      if (isWaitedFor(compare) && (isSort(callee) || (source.isCollection(self) && isSortName(callee.name))))
        return () => afterLoading(self, () => sort(callee, self, compare as Callback, callSite));
      // An async function is waited for, too, and so is one of the shell's own that was bound.
      if (!some(args, isWaitedFor) && !isTypedIterator(self)) return undefined;
      const waiting = waitingFor(callee, self);
      if (!waiting) return undefined;
      const call = () =>
        !hasCallback && isMaking(callee) && !isIterator(self)
          ? startAll(callee, self, args)
          : walk(waiting, self, args, callSite);
      return () =>
        afterLoading(self, () =>
          some(args, isTypedFunction) ? call() : afterTouching(self, lookOf(args[0]), call),
        );
    },
  };
}

/** What walks a list takes more of the stack than a call. */
function driveWalk(walk: Coroutine): unknown {
  descend(levelsOfWalk);
  try {
    return drive(walk, true);
  } finally {
    nesting.depth -= levelsOfWalk;
  }
}

function isTypedIterable(value: unknown): boolean {
  return isTypedIterator(value) || isTypedFunction(iterationOf(value));
}

/** What is called for the items of an object that was typed. */
function iterationOf(value: unknown): unknown {
  return isPrimitive(value) || types.isProxy(value) || isArray(value)
    ? undefined
    : Reflect.get(value as object, Symbol.iterator);
}

/** A collection has the sorts of an array. */
function isSortName(name: string): boolean {
  return name === 'sort' || name === 'toSorted';
}

function isIterator(value: unknown): boolean {
  return !isPrimitive(value) && typeof Reflect.get(value as object, 'next') === 'function';
}

/** Whether a function makes a list of what its callback returns, which may hold promises. */
function isMaking(callee: Callback): boolean {
  const { name } = callee;
  return (
    (name === 'map' || name === 'flatMap' || name === 'from') && !some(makingNumbers, each => each === callee)
  );
}
