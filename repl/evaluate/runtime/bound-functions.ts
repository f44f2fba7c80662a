import { Object, ofFunctions, Reflect, withoutFirst, withOwnMethods } from './language.ts';
import type { Callback } from './values.ts';

/** What a function that was bound calls, and with what. */
interface Binding {
  readonly callee: Callback;
  readonly self: unknown;
  readonly args: readonly unknown[];
}

export const nativeBind = Reflect.get(ofFunctions, 'bind') as Callback;
const bindings = withOwnMethods(new WeakMap<object, Binding>());

/** Binds a function, so that a call of it is known to be one of the function itself. */
export function bindNoted(callee: Callback, args: readonly unknown[]): Callback {
  const bound = Reflect.apply(nativeBind, callee, args) as Callback;
  bindings.set(bound, { callee, self: args[0], args: withoutFirst(args) });
  return bound;
}

export function bindingOf(callee: Callback): Binding | undefined {
  return bindings.get(callee);
}

/** Gives a function what another has, its name and its length. */
export function lookingLike(other: Callback, made: Callback): Callback {
  return Object.defineProperties(made, Object.getOwnPropertyDescriptors(other));
}
