import { type Body, type Coroutine, offerToWait, refusePromise, takeOffer } from './coroutine.ts';
import { isPromise } from './values.ts';

/** What a typed generator yields to whoever asks for its items; what else its coroutine yields is waited for. */
export class Item {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

type Result = IteratorResult<unknown, unknown>;

/** A generator object: each of its methods waits if its caller can, and gives a promise then. */
export class TypedGenerator {
  readonly #coroutine: Coroutine;
  readonly #mode: { waits: boolean };
  readonly #cannotWait: (() => Error) | undefined;

  /** @param cannotWait the error for a caller that cannot wait; undefined if the coroutine throws one itself */
  constructor(coroutine: Coroutine, mode: { waits: boolean }, cannotWait?: () => Error) {
    this.#coroutine = coroutine;
    this.#mode = mode;
    this.#cannotWait = cannotWait;
  }

  next(value?: unknown): unknown {
    return this.#step(() => this.#coroutine.next(value));
  }

  return(value?: unknown): unknown {
    return this.#step(() => this.#coroutine.return(value));
  }

  throw(error?: unknown): unknown {
    return this.#step(() => this.#coroutine.throw(error));
  }

  #step(begin: () => Result): unknown {
    const waits = takeOffer() === 'wait';
    this.#mode.waits = waits;
    mode = this.#mode;
    const step = begin();
    if (step.done === true || step.value instanceof Item) return result(step);
    if (!waits && this.#cannotWait && isPromise(step.value)) refusePromise(step.value, this.#cannotWait);
    return this.#goOn(step.value);
  }

  async #goOn(first: unknown): Promise<Result> {
    let awaited = first;
    for (;;) {
      let resume: () => Result;
      try {
        const value = await awaited;
        resume = () => this.#coroutine.next(value);
      } catch (error) {
        resume = () => this.#coroutine.throw(error);
      }
      const step = resume();
      if (step.done === true || step.value instanceof Item) return result(step);
      awaited = step.value;
    }
  }
}

/** What every iterator inherits from: the helpers. */
const iteratorPrototype = Object.getPrototypeOf(
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

/** Makes a generator object; its code begins to run when the first item is asked for. */
export function enterGenerator(
  body: Body,
  self: unknown,
  args: ArrayLike<unknown>,
  made: unknown,
): TypedGenerator {
  takeOffer();
  const generator = new TypedGenerator(Reflect.apply(body, self, args), { waits: false });
  const prototype: unknown = typeof made === 'function' ? Reflect.get(made, 'prototype') : undefined;
  return typeof prototype === 'object' && prototype !== null
    ? (Object.setPrototypeOf(generator, prototype) as TypedGenerator)
    : generator;
}

function result(step: Result): Result {
  return step.done === true
    ? { value: step.value, done: true }
    : { value: (step.value as Item).value, done: false };
}

/** Calls a method of an iterator, and lets it wait where that is possible. */
export type Ask = (
  iterator: Iterator<unknown>,
  method?: 'next' | 'return' | 'throw',
  value?: unknown,
) => unknown;

/** `yield*`: hands on the items of an iterator, and to it what it is sent, waiting for each where that is possible. */
export function* delegateTo(iterable: Iterable<unknown>, ask: Ask): Coroutine {
  const iterator = iterable[Symbol.iterator]();
  let step = ask(iterator);
  for (;;) {
    const { done, value } = (isPromise(step) ? yield step : step) as Result;
    if (done === true) return value;
    let isLeft = true;
    try {
      const sent = yield new Item(value);
      isLeft = false;
      step = ask(iterator, 'next', sent);
    } catch (error) {
      isLeft = false;
      step = yield* throwInto(iterator, error, ask);
    } finally {
      // Somebody called `return` of the generator around it.
      if (isLeft) {
        const closed = ask(iterator, 'return');
        if (isPromise(closed)) yield closed;
      }
    }
  }
}

function* throwInto(iterator: Iterator<unknown>, error: unknown, ask: Ask): Coroutine {
  if (typeof iterator.throw === 'function') return ask(iterator, 'throw', error);
  const closed = ask(iterator, 'return');
  if (isPromise(closed)) yield closed;
  throw new TypeError("The iterator does not provide a 'throw' method");
}

/** All items of a typed generator, waited for. */
export function* drain(generator: TypedGenerator): Coroutine {
  const items: unknown[] = [];
  for (;;) {
    offerToWait(true);
    const step = generator.next();
    const { done, value } = (isPromise(step) ? yield step : step) as Result;
    if (done === true) return items;
    items.push(value);
  }
}
