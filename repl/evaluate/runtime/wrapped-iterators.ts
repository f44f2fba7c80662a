import { type Coroutine, offerToWait, takeOffer } from './coroutine.ts';
import { Object, Reflect, Symbol, TypeError } from './language.ts';
import { iteratorPrototype } from './typed-generators.ts';
import { type Callback, isPrimitive } from './values.ts';
import { waited } from './waiting.ts';
import { callOfIterator } from './walked.ts';
import { asTyped } from './what-is-typed.ts';

/** What `Iterator.from` makes of an iterator: one with the helpers, which waits where its caller can. */
class WrappedIterator {
  readonly #iterator: object;
  readonly #next: unknown;

  constructor(iterator: object, next: unknown) {
    this.#iterator = iterator;
    this.#next = next;
  }

  next(): unknown {
    return this.#call(this.#next);
  }

  return(): unknown {
    const method: unknown = Reflect.get(this.#iterator, 'return');
    return method === undefined || method === null ? { value: undefined, done: true } : this.#call(method);
  }

  /** Passes the offer of its caller on. */
  #call(method: unknown): unknown {
    const offer = takeOffer();
    if (offer === undefined) return Reflect.apply(method as Callback, this.#iterator, []);
    offerToWait(offer === 'wait');
    return callOfIterator(method, this.#iterator, [], offer === 'wait');
  }
}

const { prototype } = WrappedIterator;
Object.setPrototypeOf(prototype, iteratorPrototype);
for (const name of ['next', 'return'] as const) asTyped(Reflect.get(prototype, name));
Reflect.deleteProperty(prototype, 'constructor');

/** `Iterator.from`, for an object. */
export function* iteratorFrom(value: object): Coroutine {
  const iteration: unknown = Reflect.get(value, Symbol.iterator);
  const iterator =
    iteration === undefined || iteration === null
      ? value
      : yield* waited(callOfIterator(iteration, value, [], true));
  if (isPrimitive(iterator)) throw new TypeError('#<Object> is not iterable');
  return isIterator(iterator as object)
    ? iterator
    : new WrappedIterator(iterator as object, Reflect.get(iterator as object, 'next'));
}

function isIterator(value: object): boolean {
  return Reflect.apply(Reflect.get(iteratorPrototype, 'isPrototypeOf'), iteratorPrototype, [value]);
}
