import { strict } from './callbacks.ts';
import { textOf } from './function-text.ts';
import { Proxy, Reflect, withOwnMethods } from './language.ts';
import { type Callback, isPrimitive } from './values.ts';
import { isTypedFunction } from './what-is-typed.ts';

/** The traps whose answers JavaScript uses at once; it passes on those of `get`, `apply` and `construct`. */
const usedAtOnce: ReadonlySet<PropertyKey> = withOwnMethods(
  new Set<PropertyKey>([
    'defineProperty',
    'deleteProperty',
    'getOwnPropertyDescriptor',
    'getPrototypeOf',
    'has',
    'isExtensible',
    'ownKeys',
    'preventExtensions',
    'set',
    'setPrototypeOf',
  ]),
);

const revocable: unknown = Reflect.get(Proxy, 'revocable');

export function makesProxy(callee: unknown): boolean {
  return callee === Proxy || callee === revocable;
}

/**
 * What is given to `Proxy`: a typed trap that would have to wait is an error there.
 *
 * @param cannotWait makes the error for a function, given its text
 */
export function withStrictTraps(
  [target, handler, ...rest]: readonly unknown[],
  cannotWait: (typed: string) => Error,
): readonly unknown[] {
  const get = (_: object, name: PropertyKey): unknown => {
    const trap: unknown = Reflect.get(handler as object, name);
    if (!isTypedFunction(trap)) return trap;
    const called = usedAtOnce.has(name) ? (strict(trap, () => cannotWait(textOf(trap))) as Callback) : trap;
    return (...args: unknown[]): unknown => Reflect.apply(called, handler, args);
  };
  return [target, isPrimitive(handler) ? handler : new Proxy({}, { get }), ...rest];
}
