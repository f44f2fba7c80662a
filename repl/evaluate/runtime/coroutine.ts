import { Reflect } from './language.ts';
import { handOver } from './handed-over.ts';
import { atDepth, descend, isStackShort, later, nesting } from './stack.ts';
import { isPromise } from './values.ts';

/** A typed function's body: it yields what it has to wait for, and is given what came of it. */
export type Coroutine = Generator<unknown, unknown, unknown>;

/** The generator function that a typed function is compiled to. */
export type Body = (...args: never[]) => Coroutine;

/**
 * What the caller of a typed function says of promises: it waits for them, or, as typed code that cannot wait, passes
 * them on. Code that was not typed says nothing.
 */
type Offer = 'wait' | 'pass on' | undefined;

/** The offer to the function that is about to be entered: set by its caller, taken on entry. */
let offered: Offer;
/** The error for a promise that goes to a built-in function, which would use it as it is. */
let refusal: (() => Error) | undefined;
/** What the coroutine that is about to begin takes over. */
let beginningWaits = false;
let beginningTarget: unknown;
let calledLater = false;

/** Whether code that was not typed has called what runs when no typed code was waiting for it, as a listener is. */
export function isCalledLater(): boolean {
  return calledLater;
}

/** Whether code runs that was not typed, and cannot load anything. */
export const plainCode = {
  runs: false,
  enter: callPlain,
  leave: callFromPlain,
};

/** Says whether the caller of the next typed function can wait for it. */
export function offerToWait(waits: boolean): void {
  offered = waits ? 'wait' : 'pass on';
}

/** Takes the offer of the caller, which is for one call. */
export function takeOffer(): Offer {
  const offer = offered;
  offered = undefined;
  return offer;
}

/** Whether the function that is about to be entered is called by code that was not typed. */
export function isCalledByOthers(): boolean {
  return offered === undefined;
}

/**
 * Calls something that is not typed.
 *
 * @param refuse the error for a promise that a typed function returns to it; undefined if it may have them
 * @param isPlain whether it is neither JavaScript's nor the session's
 */
export function callOther<T>(refuse: (() => Error) | undefined, call: () => T, isPlain = false): T {
  const before = refusal;
  const wasPlain = plainCode.runs;
  descend();
  offered = undefined;
  refusal = refuse;
  plainCode.runs = isPlain;
  try {
    return call();
  } finally {
    nesting.depth--;
    refusal = before;
    plainCode.runs = wasPlain;
  }
}

/** Calls code that was not typed, as a function of an entity's class. */
function callPlain<T>(call: () => T): T {
  return callOther(undefined, call, true);
}

/** Calls what loads, or knows itself what is not loaded. */
export function callFromPlain<T>(call: () => T): T {
  const wasPlain = plainCode.runs;
  plainCode.runs = false;
  try {
    return call();
  } finally {
    plainCode.runs = wasPlain;
  }
}

/**
 * Calls a function of the session for whoever calls it.
 *
 * @param pass is given a promise that typed code which cannot wait gets
 * @returns what it returns; a promise is an error for code that would use it, and noted for any other that was not typed
 */
export function callForAnyone(call: () => unknown, pass: (promise: Promise<unknown>) => void): unknown {
  const offer = takeOffer();
  const refuse = offer === undefined ? refusal : undefined;
  const value = call();
  if (!isPromise(value)) return value;
  if (refuse) return refusePromise(value, refuse);
  if (offer === 'pass on') pass(value);
  return offer === undefined ? handOver(value) : value;
}

/** Gives a promise to whatever has called an accessor, which may use it as it is. */
export function giveToCaller(promise: Promise<unknown>, refuse: () => Error): Promise<unknown> {
  return refusal ? refusePromise(promise, refuse) : handOver(promise);
}

/** A promise that is an error for who gets it. @throws what `refuse` returns */
export function refusePromise(promise: Promise<unknown>, refuse: () => Error): never {
  promise.catch(() => undefined);
  throw refuse();
}

/** What a coroutine asks first: whether its caller can wait. */
export function takeWaits(): boolean {
  return beginningWaits;
}

/** What a coroutine of a function that looks at `new.target` asks first. */
export function takeTarget(): unknown {
  return beginningTarget;
}

/**
 * Enters a typed function.
 *
 * @param newTarget what `new` was called with; such a call cannot wait
 * @returns its value, or a promise of it where it had to wait
 */
export function enter(body: Body, self: unknown, args: ArrayLike<unknown>, newTarget?: unknown): unknown {
  const offer = takeOffer();
  const waits = offer === 'wait' && newTarget === undefined;
  if (waits && isStackShort()) return later(() => drive(Reflect.apply(body, self, args), true));
  const refuse = offer === undefined ? refusal : undefined;
  const wasPlain = plainCode.runs;
  const wasLater = calledLater;
  const isOutermost = nesting.depth === 0;
  descend();
  if (isOutermost) calledLater = offer === undefined;
  plainCode.runs = false;
  try {
    const value = drive(Reflect.apply(body, self, args), waits, newTarget);
    if (offer !== undefined || !isPromise(value)) return value;
    return refuse ? refusePromise(value, refuse) : handOver(value);
  } finally {
    nesting.depth--;
    calledLater = wasLater;
    plainCode.runs = wasPlain;
  }
}

/** What a coroutine that compares takes, and gives back with each answer. */
interface Pair {
  one: unknown;
  other: unknown;
  answer: unknown;
  /** Whether all that is compared is plain, so that the comparison need not look. */
  readonly arePlain: boolean;
}

/** A coroutine that compares one pair after another: it yields the pair, with the answer, or what it has to wait for. */
export type Comparison = (pair: Pair) => Coroutine;

/** How to compare many times, without what {@link enter} does for any call; the caller of the comparison can wait. */
export function comparing(
  comparison: Comparison,
  arePlain: boolean,
): (one: unknown, other: unknown) => unknown {
  const pair: Pair = { one: undefined, other: undefined, answer: undefined, arePlain };
  const coroutine = comparison(pair);
  return (one, other) => {
    pair.one = one;
    pair.other = other;
    beginningWaits = true;
    const { value } = coroutine.next();
    return value === pair ? pair.answer : goOn(coroutine, value, nesting.depth, pair);
  };
}

/**
 * Runs a coroutine for as long as there is nothing to wait for, and then asynchronously, if it may wait.
 *
 * @returns what it returns, or a promise of that
 */
export function drive(coroutine: Coroutine, waits: boolean, newTarget?: unknown): unknown {
  beginningWaits = waits;
  beginningTarget = newTarget;
  const step = coroutine.next();
  // One that cannot wait never yields.
  return step.done === true ? step.value : goOn(coroutine, step.value, nesting.depth);
}

/** @param pair what the coroutine compares, and is not waited for */
async function goOn(coroutine: Coroutine, first: unknown, level: number, pair?: Pair): Promise<unknown> {
  let awaited = first;
  for (;;) {
    const next = await resumption(coroutine, awaited);
    const step = atDepth(level, next);
    if (step.done === true) return step.value;
    if (pair !== undefined && step.value === pair) return pair.answer;
    awaited = step.value;
  }
}

/** Waits. @returns what gives the coroutine what came of it */
async function resumption(
  coroutine: Coroutine,
  awaited: unknown,
): Promise<() => IteratorResult<unknown, unknown>> {
  try {
    const value: unknown = await awaited;
    return () => coroutine.next(value);
  } catch (error) {
    return () => coroutine.throw(error);
  }
}
