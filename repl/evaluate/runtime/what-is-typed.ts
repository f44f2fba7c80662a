import { Object, withOwnMethods } from './language.ts';
import type { Callback } from './values.ts';

/** The functions that were typed and are coroutines: whoever calls one may let it wait. */
const typedFunctions = withOwnMethods(new WeakSet<object>());

/** The classes that were typed. */
const typedClasses = withOwnMethods(new WeakSet<object>());

/** Notes a typed function, or one that calls a typed one and nothing else, as `bind` makes it. */
export function asTyped<T extends object>(made: T): T {
  typedFunctions.add(made);
  return made;
}

export function noteTypedClass(made: object): void {
  typedClasses.add(made);
}

export function isTypedFunction(value: unknown): value is Callback {
  return typeof value === 'function' && typedFunctions.has(value);
}

export function isTypedClass(value: unknown): boolean {
  return typeof value === 'function' && typedClasses.has(value);
}

/** Whether objects with a prototype are instances of a class that was typed, or of a typed function. */
export function isTypedPrototype(prototype: object): boolean {
  const made: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return isTypedClass(made) || isTypedFunction(made);
}
