import { types } from 'node:util';
import {
  combines,
  computesWith,
  isBuiltIn,
  listsProperties,
  lookOf,
  looksInside,
  isEntityManager,
  stages,
  takesItems,
  takesOut,
  usesResults,
  usesWhatItAsks,
  whatIsUsedBy,
} from './built-in-callees.ts';
import { bindingOf, bindNoted, lookingLike, nativeBind } from './bound-functions.ts';
import { executor, isCallback, patient, strict } from './callbacks.ts';
import { callForAnyone, callOther, offerToWait, refusePromise } from './coroutine.ts';
import type { Interrupts } from './interrupt.ts';
import type { Overrides } from './overrides.ts';
import {
  after,
  joined,
  listOf,
  Object,
  ofFunctions,
  Reflect,
  some,
  withOwnMethods,
  withoutFirst,
} from './language.ts';
import { callAndSettle } from './other-calls.ts';
import { makesProxy, withStrictTraps } from './proxies.ts';
import { createRefusals } from './refusals.ts';
import { keep, keepMadeBy, makesPromise, takeOut } from './kept-promises.ts';
import { changesForEver, refuseLasting } from './lasting-changes.ts';
import type { LazySource, Look } from './lazy-source.ts';
import { withListener } from './listeners.ts';
import { type Apply, createListCalls } from './list-calls.ts';
import { applyReworded } from './reworded.ts';
import { letsWait } from './patient-callees.ts';
import type { Scope } from './scope.ts';
import { checkStack, isStackShort, later } from './stack.ts';
import { isConstructor, notAConstructor, notAFunction } from './v8-messages.ts';
import { asTyped, isTypedClass, isTypedFunction } from './what-is-typed.ts';
import { type Callback, isPlainArray, isPrimitive, isPromise } from './values.ts';

/** What calls need to know. */
interface CallContext {
  readonly source: LazySource;
  readonly scope: Scope;
  readonly interrupts: Interrupts;
  readonly overrides: Overrides;
  /** Whether the code that calls can wait. */
  readonly waits: boolean;
}

/** Promises that the session gave to code that cannot wait. */
const promisesOfSession = withOwnMethods(new WeakSet<object>());

/** Calls of functions, methods and constructors. Each names its callee as V8 does, for the error if it is not one. */
export function createCalls({ source, scope, interrupts, overrides, waits }: CallContext) {
  const cannotWait = (typed: string): Error => source.cannotWait(typed);
  const refusingWhatIsGiven = (callSite: string) => () => cannotWait(`What ${callSite} is given`);
  const callTyped = (callee: Callback, self: unknown, args: readonly unknown[]): unknown => {
    offerToWait(waits);
    return Reflect.apply(callee, self, args);
  };
  const bind = (callee: Callback, args: readonly unknown[]): unknown => {
    const bound = bindNoted(callee, args);
    const [self] = args;
    if (isTypedFunction(callee)) return asTyped(bound);
    // Other code may call it, too.
    if (changesForEver(callee)) return lookingLike(bound, looking(bound));
    const isOfSession = scope.isOfSession(callee) || scope.isOfSession(self) || source.isQuery(self);
    return isOfSession ? forAnyone(bound) : bound;
  };
  /** A function of the session that other code may call as well. */
  const forAnyone = (bound: Callback): Callback => {
    const made = (...given: unknown[]): unknown =>
      callForAnyone(
        () => bound(...given),
        promise => promisesOfSession.add(promise),
      );
    return asTyped(lookingLike(bound, made));
  };
  const apply: Apply = (callee, self, args, callSite, isStarted = false) => {
    if (isTypedFunction(callee)) return callTyped(callee, self, args);
    if (callee === ofFunctions.call && typeof self === 'function')
      return apply(self as Callback, args[0], withoutFirst(args), callSite, isStarted);
    if (callee === ofFunctions.apply && typeof self === 'function')
      return apply(self as Callback, args[0], listOf(args[1]), callSite, isStarted);
    if (callee === Reflect.apply && typeof args[0] === 'function' && !isPrimitive(args[2]))
      return apply(args[0] as Callback, args[1], listOf(args[2]), callSite, isStarted);
    if (callee === nativeBind && typeof self === 'function') return bind(self as Callback, args);
    const binding = bindingOf(callee);
    if (binding) return apply(binding.callee, binding.self, joined(binding.args, args), callSite, isStarted);
    if (types.isAsyncFunction(callee)) {
      const isGenerator = types.isGeneratorFunction(callee);
      if (waits && !isGenerator && isStackShort())
        return later(() => applyOther(callee, self, args, callSite, isStarted));
      checkStack(isGenerator);
    }
    if (waits && combines(callee) && isPromise(args[0]))
      return args[0].then(list => apply(callee, self, [list], callSite));
    const call = waits ? lists.find(callee, self, args, callSite) : undefined;
    const result = call ? call() : applyOther(callee, self, args, callSite, isStarted);
    if (takesOut(callee)) takeOut(result);
    return result;
  };
  const lists = createListCalls(source, interrupts, apply);
  const refusals = createRefusals(source, waits);
  /** Whether a value is the session, which is asked about what is gone as well. */
  const isSession = (self: unknown): boolean => scope.isOfSession(self) && !isEntityManager(self);
  /** Calls what does not wait for its callbacks. */
  const applyOther: Apply = (callee, self, args, callSite, isStarted = false) => {
    const isUsed = whatIsUsedBy(callee);
    if (computesWith(callee) && some(args, isUsed))
      return refusals
        .settled(args, callSite, isUsed)
        .then(given => apply(callee, self, given, callSite, isStarted));
    if (!waits && takesItems(callee)) refusals.unread(args, callSite);
    refuseLasting(callee, args);
    if (listsProperties(callee)) refusals.query(args);
    const { given, refuse } = prepareCallbacks(callee, self, args, callSite);
    const isOfSession = () => scope.isOfSession(callee) || scope.isOfSession(self) || source.isQuery(self);
    const invoke = () => applyReworded(callee, self, given);
    const call = () =>
      callAndSettle(
        refuse,
        () => (overrides.isApplied && isOfSession() ? overrides.aside(invoke) : invoke()),
        (result, promises) => settle(result, promises, callSite, isStarted),
        (!isBuiltIn(callee) || computesWith(callee)) && !scope.provides(callee) && !isOfSession(),
      );
    const result =
      scope.provides(callee) || !looksInside(callee) || stages(callee, self)
        ? call()
        : afterRefreshing(after(self, args), lookOf(callee), callSite, call, isSession(self));
    if (!waits && isPromise(result) && isOfSession()) promisesOfSession.add(result);
    return keepMadeBy(callee, result);
  };
  /** What other code returned, which typed functions gave promises: one of its own may wait for them. */
  const settle = (result: unknown, promises: number, callSite: string, isStarted: boolean): unknown => {
    const isListOfThem = isStarted && isPlainArray(result) && result.filter(isPromise).length >= promises;
    if (isPromise(result) || isListOfThem) return result;
    throw cannotWait(`A callback of ${callSite}`);
  };
  /** Functions of JavaScript's that look at what they are called back with wait for that, too. */
  const patientWhereWaiting = (value: unknown): unknown =>
    waits && isCallback(value) && !isTypedFunction(value) ? looking(value as Callback) : patient(value);
  const looking =
    (callee: Callback): Callback =>
    (...args) =>
      apply(callee, undefined, args, callee.name);
  /** The arguments, with callbacks that may wait, or that are an error where they would have to. */
  const prepareCallbacks = (
    callee: Callback,
    self: unknown,
    args: readonly unknown[],
    callSite: string,
  ): { readonly given: readonly unknown[]; readonly refuse?: () => Error } => {
    const ofItsOwn = makesProxy(callee)
      ? withStrictTraps(args, cannotWait)
      : withListener(callee, self, args);
    if (ofItsOwn) return { given: ofItsOwn };
    if (!some(args, isCallback))
      return usesWhatItAsks(callee, self) || (!waits && combines(callee) && some(args, lists.isUnread))
        ? { given: args, refuse: refusingWhatIsGiven(callSite) }
        : { given: args };
    if (scope.provides(callee) || scope.isOfSession(self) || letsWait(callee, self))
      return { given: args.map(patientWhereWaiting) };
    if (!usesResults(callee)) return { given: args };
    const refuse = () => cannotWait(`A callback of ${callSite}`);
    // Some call back later. Others keep what they are given, which has to stay what it is.
    const isKnown = lists.waitingFor(callee, self) !== undefined;
    const strictly = (value: unknown): unknown =>
      changesForEver(value) ? looking(value) : strict(value, refuse);
    return { given: isKnown ? args.map(strictly) : args, refuse };
  };
  /** What has expired in values is loaded again before a function looks at them. */
  const afterRefreshing = (
    values: readonly unknown[],
    look: Look,
    callSite: string,
    call: () => unknown,
    mayBeGone = false,
  ): unknown => {
    const wait = !some(values, value => !isPrimitive(value)) ? undefined : source.touch(values, look);
    if (!wait) return call();
    if (waits) return mayBeGone ? wait.then(call, call) : wait.then(call);
    wait.catch(() => undefined);
    throw refusingWhatIsGiven(callSite)();
  };
  const construct = (callee: unknown, callSite: string, ...args: unknown[]): unknown => {
    if (!isConstructor(callee)) return Reflect.construct(notAConstructor(callSite) as Callback, []);
    const made = source.constructorOf(callee) as new () => object;
    const build = (given: readonly unknown[]): unknown => {
      const create = (): object => Reflect.construct(made, given);
      const built = callAndSettle(
        usesWhatItAsks(callee) ? refusingWhatIsGiven(callSite) : undefined,
        () => (isEntityClass(made) ? overrides.aside(create) : create()),
        (result, promises) => settle(result, promises, `new ${callSite}`, false),
        !isBuiltIn(callee) && !isEntityClass(made) && !isTypedClass(callee),
      );
      // The stack of an error begins where it was typed.
      if (isBuiltIn(callee) && types.isNativeError(built)) Error.captureStackTrace(built, construct);
      return built;
    };
    if (computesWith(callee) && some(args, isPromise))
      return refusals.settled(args, callSite).then(given => construct(callee, callSite, ...given));
    if (!waits && takesItems(callee)) refusals.unread(args, `new ${callSite}`);
    if (makesPromise(callee)) return keep(build(args.map(executor)));
    if (makesProxy(callee)) return build(withStrictTraps(args, cannotWait));
    if (waits && takesItems(callee) && some(args, lists.isUnread)) return lists.readAll(args).then(build);
    if (some(args, isCallback) && letsWait(callee, undefined)) return build(args.map(patient));
    const isLookedInto = looksInside(callee) && !isLeftAlone(callee as object);
    return isLookedInto
      ? afterRefreshing(args, lookOf(callee), `new ${callSite}`, () => build(args))
      : build(args);
  };
  /** An entity is linked to others by its constructor; a typed class says itself what it cannot wait for. */
  const isLeftAlone = (made: object): boolean => isEntityClass(made) || (!waits && isTypedClass(made));
  const isEntityClass = (made: object): boolean => {
    if (types.isProxy(made)) return false;
    const prototype: unknown = Object.getOwnPropertyDescriptor(made, 'prototype')?.value;
    return !isPrimitive(prototype) && source.isEntity(Object.create(prototype as object));
  };
  return {
    invoke(method: unknown, self: unknown, callSite: string, ...args: unknown[]): unknown {
      if (typeof method !== 'function') return notAFunction(callSite)();
      return apply(method as Callback, self, args, callSite);
    },
    /**
     * A call whose value is kept: where nothing can wait, a promise of the session would be found there in its place.
     */
    invokeToKeep(method: unknown, self: unknown, callSite: string, ...args: unknown[]): unknown {
      if (typeof method !== 'function') return notAFunction(callSite)();
      const value = apply(method as Callback, self, args, callSite);
      if (!waits && isPromise(value) && promisesOfSession.has(value))
        refusePromise(value, () => cannotWait(callSite));
      return value;
    },
    /** A call that may give a list of promises: one that makes a list calls back at once, as for `Promise.all(posts.map(…))`. */
    start(method: unknown, self: unknown, callSite: string, ...args: unknown[]): unknown {
      if (typeof method !== 'function') return notAFunction(callSite)();
      const callee = method as Callback;
      const isReadFirst = takesItems(callee) && some(args, lists.isUnread);
      if (!waits || isReadFirst || !lists.makesList(callee, self))
        return apply(callee, self, args, callSite, true);
      const call = () => callOther(undefined, () => lists.callAtOnce(callee, self, args.map(patient)));
      return isStackShort() ? later(call) : call();
    },
    invokeTag:
      (method: unknown, self: unknown, callSite: string): Callback =>
      (...args) => {
        if (typeof method !== 'function') return notAFunction(callSite)();
        return apply(method as Callback, self, args, callSite);
      },
    construct,
  };
}
