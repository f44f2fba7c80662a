import { types } from 'node:util';
import { sourceOf, textOf } from './function-text.ts';
import { Object, Reflect, String, withOwnMethods } from './language.ts';
import { type Callback, isPrimitive } from './values.ts';

/** How many values are looked at for a function that an error may mention. */
const maxValues = 1000;

/**
 * Calls a function that is not typed. Where V8 shows the source of a function that was given, as in an error of
 * `structuredClone`, that is what was typed.
 */
export function applyReworded(callee: Callback, self: unknown, given: readonly unknown[]): unknown {
  try {
    return Reflect.apply(callee, self, given);
  } catch (error) {
    throw reworded(error, given);
  }
}

function reworded(error: unknown, given: readonly unknown[]): unknown {
  if (!types.isNativeError(error) && !(error instanceof DOMException)) return error;
  const { message } = error;
  const found = findIn(
    given,
    value => message.includes(sourceOf(value)) && sourceOf(value) !== textOf(value),
  );
  if (!found) return error;
  const words = message.replace(sourceOf(found), () => textOf(found));
  if (error instanceof DOMException) return new DOMException(words, error.name);
  const stack = String(error.stack).replace(message, () => words);
  const property = { configurable: true, writable: true };
  return Object.defineProperties(error, {
    message: { ...property, value: words },
    stack: { ...property, value: stack },
  });
}

/** The first function that is looked for, in the order in which a copy visits values. */
function findIn(given: readonly unknown[], holds: (made: object) => boolean): object | undefined {
  const seen = withOwnMethods(new Set<unknown>());
  const visit = (value: unknown): object | undefined => {
    if (isPrimitive(value) || types.isProxy(value) || seen.has(value) || seen.size > maxValues)
      return undefined;
    seen.add(value);
    if (typeof value === 'function' && holds(value)) return value;
    const keys = Reflect.ownKeys(value as object);
    for (let index = 0; index < keys.length; index++) {
      const held = Reflect.getOwnPropertyDescriptor(value as object, keys[index] as PropertyKey);
      const found = visit(held?.value);
      if (found) return found;
    }
    return undefined;
  };
  return visit(given);
}
