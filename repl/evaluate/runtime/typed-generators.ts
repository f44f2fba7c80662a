import { type Body, callFromPlain, type Coroutine, drive, refusePromise, takeOffer } from './coroutine.ts';
import { Object, Reflect, TypeError } from './language.ts';
import { descend, isStackShort, later, maxDepth, nesting, overflow } from './stack.ts';
import { isPromise } from './values.ts';
import { assertResult, callOfIterator, end, type Walked } from './walked.ts';
import { asTyped } from './what-is-typed.ts';

/** What a typed generator yields to whoever asks for its items; what else its coroutine yields is waited for. */
export class Item {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** What a typed generator yields for `yield*`: whoever asks it for items asks this iterator, until that is done. */
export class Delegation {
  readonly iterator: object;
  readonly next: unknown;
  readonly cannotWait: (() => Error) | undefined;

  /** @param cannotWait the error for an iterator whose methods may wait */
  constructor(iterator: object, next: unknown = Reflect.get(iterator, 'next'), cannotWait?: () => Error) {
    this.iterator = iterator;
    this.next = next;
    this.cannotWait = cannotWait;
  }
}

type Result = IteratorResult<unknown, unknown>;
type Method = 'next' | 'return' | 'throw';

/** Makes a class of objects that JavaScript made. */
const OfJavaScript = function (made: object) {
  return made;
} as unknown as new (made: object) => object;

/** Makes a generator object of JavaScript's, whose own code is nothing: they are shown, copied and looked into as such. */
function* makeGenerator(): Generator {
  // What it does is up to the class.
}

/** A generator object: each of its methods waits if its caller can, and gives a promise then. */
export class TypedGenerator extends OfJavaScript {
  readonly #coroutine: Coroutine;
  readonly #mode: { waits: boolean };
  readonly #cannotWait: (() => Error) | undefined;
  #delegation: Delegation | undefined;
  /** Whether somebody has asked it, or one that has delegated to it, and waits for that. */
  #isAsked = false;

  /** @param cannotWait the error for a caller that cannot wait; undefined if the coroutine throws one itself */
  constructor(coroutine: Coroutine, mode: { waits: boolean }, cannotWait?: () => Error) {
    makeGenerator.prototype = new.target.prototype;
    super(makeGenerator());
    this.#coroutine = coroutine;
    this.#mode = mode;
    this.#cannotWait = cannotWait;
  }

  next(value?: unknown): unknown {
    return this.#step('next', value);
  }

  return(value?: unknown): unknown {
    return this.#step('return', value);
  }

  throw(error?: unknown): unknown {
    return this.#step('throw', error);
  }

  #step(method: Method, argument: unknown): unknown {
    const waits = takeOffer() === 'wait';
    if (waits && isStackShort()) return later(() => this.#drive(method, argument, true));
    descend();
    try {
      return this.#drive(method, argument, waits);
    } finally {
      nesting.depth--;
    }
  }

  #drive(method: Method, argument: unknown, waits: boolean): unknown {
    if (this.#isAsked) throw isRunning();
    this.#mode.waits = waits;
    return callFromPlain(() => {
      const step = this.#delegation ? undefined : this.#resume(method, argument);
      // Most items are there at once.
      if (step?.done) return { value: step.value, done: true };
      if (step?.value instanceof Item) return { value: step.value.value, done: false };
      return drive(TypedGenerator.#run(this, method, argument, step), waits);
    });
  }

  #resume(method: Method, given: unknown): IteratorResult<unknown, unknown> {
    mode = this.#mode;
    return this.#coroutine[method](given);
  }

  /**
   * Asks a generator, or the one at the end of those that have delegated to one another.
   *
   * @param first what its own code did already
   */
  static *#run(
    asked: TypedGenerator,
    begin: Method,
    argument: unknown,
    first?: IteratorResult<unknown, unknown>,
  ): Coroutine {
    const { waits } = asked.#mode;
    /** Those that wait for what they have delegated to. */
    const asking: { readonly generator: TypedGenerator; readonly method: Method }[] = [];
    let generator = asked;
    let method = begin;
    let given = argument;
    let begun = first;
    asked.#isAsked = true;
    try {
      for (;;) {
        for (let inner = generator.#innerFor(method); inner; inner = generator.#innerFor(method)) {
          if (inner.#isAsked) {
            generator.#delegation = undefined;
            method = 'throw';
            given = isRunning();
            break;
          }
          asking.push({ generator, method });
          generator = inner;
          generator.#mode.waits = waits;
          generator.#isAsked = true;
        }
        let asker: (typeof asking)[number] | undefined;
        try {
          if (asking.length >= maxDepth) throw overflow();
          if (generator.#delegation) {
            const answer = yield* generator.#askDelegate(generator.#delegation, method, given);
            if ('result' in answer) return answer.result;
            ({ method, given } = answer);
          }
          let step: IteratorResult<unknown, unknown> = begun ?? generator.#resume(method, given);
          begun = undefined;
          while (step.done !== true && !(step.value instanceof Item) && !(step.value instanceof Delegation))
            step = yield* generator.#wait(step.value);
          if (step.done !== true) {
            if (step.value instanceof Item) return { value: step.value.value, done: false };
            generator.#delegation = step.value as Delegation;
            method = 'next';
            given = undefined;
            continue;
          }
          asker = asking.pop();
          if (!asker) return { value: step.value, done: true };
          method = asker.method === 'return' ? 'return' : 'next';
          given = step.value;
        } catch (error) {
          asker = asking.pop();
          if (!asker) throw error;
          method = 'throw';
          given = error;
        }
        generator.#isAsked = false;
        ({ generator } = asker);
        generator.#delegation = undefined;
      }
    } finally {
      generator.#isAsked = false;
      for (const asker of asking) asker.generator.#isAsked = false;
    }
  }

  /** The typed generator that it has delegated to, if a method of that is JavaScript's. */
  #innerFor(method: Method): TypedGenerator | undefined {
    if (!this.#delegation) return undefined;
    const { iterator, next } = this.#delegation;
    if (!(#coroutine in iterator)) return undefined;
    const called: unknown = method === 'next' ? next : Reflect.get(iterator, method);
    return called === ownMethods[method] ? iterator : undefined;
  }

  /** Waits for its code. @returns what that does then */
  *#wait(awaited: unknown): Generator<unknown, Result, unknown> {
    if (!this.#mode.waits && this.#cannotWait && isPromise(awaited)) refusePromise(awaited, this.#cannotWait);
    const resume = yield* resumption(this.#coroutine, awaited);
    mode = this.#mode;
    return resume();
  }

  /** @returns the result of the iterator, or how the coroutine goes on after it */
  *#askDelegate(
    delegation: Delegation,
    method: Method,
    given: unknown,
  ): Generator<unknown, { result: unknown } | { method: Method; given: unknown }, unknown> {
    try {
      const result = yield* this.#askIterator(delegation, method, given);
      if (result === undefined) return { method: 'return', given };
      if (!result.done) return { result };
      this.#delegation = undefined;
      return { method: method === 'return' ? 'return' : 'next', given: result.value };
    } catch (error) {
      this.#delegation = undefined;
      return { method: 'throw', given: error };
    }
  }

  /** @returns the iterator's result; undefined if it has nothing to do at the end */
  *#askIterator(
    delegation: Delegation,
    method: Method,
    given: unknown,
  ): Generator<unknown, Result | undefined, unknown> {
    const { iterator, next } = delegation;
    const called: unknown = method === 'next' ? next : Reflect.get(iterator, method);
    if (called === undefined || called === null) {
      this.#delegation = undefined;
      if (method === 'return') return undefined;
      const close: unknown = Reflect.get(iterator, 'return');
      if (close !== undefined && close !== null) yield* this.#call(close, delegation, []);
      throw new TypeError("The iterator does not provide a 'throw' method.");
    }
    return yield* this.#call(called, delegation, [given]);
  }

  *#call(
    method: unknown,
    { iterator, cannotWait }: Delegation,
    args: readonly unknown[],
  ): Generator<unknown, Result, unknown> {
    const result = callOfIterator(method, iterator, args, this.#mode.waits);
    if (!isPromise(result)) return assertResult(result);
    return this.#mode.waits || !cannotWait ? assertResult(yield result) : refusePromise(result, cannotWait);
  }
}

/** As V8 says it. */
function isRunning(): TypeError {
  return new TypeError('Generator is already running');
}

/** What every iterator inherits from: the helpers. */
export const iteratorPrototype = Object.getPrototypeOf(
  Object.getPrototypeOf([][Symbol.iterator]()) as object,
) as object;
Object.setPrototypeOf(TypedGenerator.prototype, iteratorPrototype);
Object.defineProperty(TypedGenerator.prototype, Symbol.toStringTag, {
  value: 'Generator',
  configurable: true,
});
Object.defineProperty(TypedGenerator.prototype, Symbol.iterator, {
  value(this: TypedGenerator) {
    return this;
  },
  configurable: true,
  writable: true,
});

const ownMethods: Readonly<Record<Method, object>> = {
  next: Reflect.get(TypedGenerator.prototype, 'next'),
  return: Reflect.get(TypedGenerator.prototype, 'return'),
  throw: Reflect.get(TypedGenerator.prototype, 'throw'),
};
for (const name of ['next', 'return', 'throw'] as const) asTyped(ownMethods[name]);

/** What an iterator's helper gives, `map` or `take`: an iterator that waits as a typed generator does. */
export class TypedHelper extends TypedGenerator {}

Object.defineProperty(TypedHelper.prototype, Symbol.toStringTag, {
  value: 'Iterator Helper',
  configurable: true,
});
// They have no name of their own, as in JavaScript.
for (const { prototype } of [TypedGenerator, TypedHelper]) Reflect.deleteProperty(prototype, 'constructor');

/** The mode of the generator that runs. */
let mode = { waits: false };

/** What the coroutine of a generator asks first. */
export function takeMode(): { readonly waits: boolean } {
  return mode;
}

/** What the coroutine of a generator yields when its parameters are taken apart. */
export const started = Symbol('started');

/** Makes a generator object, or a promise of one; its code begins to run when the first item is asked for. */
export function enterGenerator(body: Body, self: unknown, args: ArrayLike<unknown>, made: unknown): unknown {
  const waits = takeOffer() === 'wait';
  const coroutine = Reflect.apply(body, self, args);
  mode = { waits };
  const generator = new TypedGenerator(coroutine, mode);
  const prototype: unknown = typeof made === 'function' ? Reflect.get(made, 'prototype') : undefined;
  if (typeof prototype === 'object' && prototype !== null) Object.setPrototypeOf(generator, prototype);
  return drive(start(coroutine, generator), waits);
}

/** Runs a coroutine to its start. */
function* start(coroutine: Coroutine, generator: TypedGenerator): Coroutine {
  let step = coroutine.next();
  while (step.value !== started) {
    const resume = yield* resumption(coroutine, step.value);
    step = resume();
  }
  return generator;
}

/** Waits. @returns what gives a coroutine what came of it */
function* resumption(coroutine: Coroutine, awaited: unknown): Generator<unknown, () => Result, unknown> {
  try {
    const value = yield awaited;
    return () => coroutine.next(value);
  } catch (error) {
    return () => coroutine.throw(error);
  }
}

/** The items of what is walked, or the first of them, waited for. */
export function* takeItems(walked: Walked, limit = Infinity): Coroutine {
  const items: unknown[] = [];
  while (items.length < limit) {
    const asked = walked.ask();
    const item = walked.receive(isPromise(asked) ? yield asked : asked);
    if (item === end) return items;
    items.push(item);
  }
  const closing = walked.close();
  if (isPromise(closing)) yield closing;
  return items;
}
