import { types } from 'node:util';
import { callOther } from './coroutine.ts';
import { Reflect, String, Symbol, TypeError } from './language.ts';
import { notCallable } from './v8-messages.ts';
import { type Callback, isPrimitive } from './values.ts';

/** Makes the error for what was typed and would have to be waited for. */
type CannotWait = (typed: string) => Error;

/**
 * Stands for an object that JavaScript converts to a text or a number, and calls the functions for that when JavaScript
 * would. What they find not loaded, or would have to wait for, is an error there.
 */
export function convertedLater(value: unknown, cannotWait: CannotWait): unknown {
  return isConvertedAlone(value) ? value : new Converted(value as object, cannotWait);
}

/** Whether JavaScript converts a value without a function that could wait: it has a way of its own for dates. */
export function isConvertedAlone(value: unknown): boolean {
  return isPrimitive(value) || types.isDate(value);
}

class Converted {
  readonly #value: object;
  readonly #cannotWait: CannotWait;

  constructor(value: object, cannotWait: CannotWait) {
    this.#value = value;
    this.#cannotWait = cannotWait;
  }

  [Symbol.toPrimitive](hint: string): unknown {
    const value = this.#value;
    const own: unknown = Reflect.get(value, Symbol.toPrimitive);
    if (own !== undefined && own !== null) {
      const made = this.#call(own, [hint]);
      if (isPrimitive(made)) return made;
    } else {
      for (const name of hint === 'string' ? ['toString', 'valueOf'] : ['valueOf', 'toString']) {
        const method: unknown = Reflect.get(value, name);
        const made = typeof method === 'function' ? this.#call(method, []) : value;
        if (isPrimitive(made)) return made;
      }
    }
    throw new TypeError('Cannot convert object to primitive value');
  }

  #call(method: unknown, args: readonly unknown[]): unknown {
    if (typeof method !== 'function') throw new TypeError(notCallable(method));
    const refuse = () => this.#cannotWait(String(method));
    return callOther(refuse, () => Reflect.apply(method as Callback, this.#value, args), true);
  }
}
