import { Reflect, some, TypeError, withOwnMethods } from './language.ts';
import { hooks, missing, owners, shared } from './shared-objects.ts';
import { isPrimitive } from './values.ts';

const { freeze, seal, preventExtensions, defineProperty, defineProperties, setPrototypeOf } = Object;
const locking = withOwnMethods(
  new Set<unknown>([freeze, seal, preventExtensions, Reflect.preventExtensions]),
);
const defining = withOwnMethods(new Set<unknown>([defineProperty, defineProperties, Reflect.defineProperty]));
const lockable = withOwnMethods(
  new Set<unknown>([...shared, ...owners, ...missing].map(({ owner }) => owner)),
);
/** Whose prototypes are put back when a line ends. */
const restored = withOwnMethods(new Set<unknown>(owners.map(({ owner }) => owner)));
const inheriting = withOwnMethods(new Set<unknown>([setPrototypeOf, Reflect.setPrototypeOf]));
const { prototype: everything } = Object;
const { prototype: everyArray } = Array;

/**
 * Refuses what would change JavaScript's own objects for ever: what a line overwrites of them is taken back when it ends, as
 * the shell uses them as well.
 *
 * @throws TypeError for a lock, and for a property that could not be changed again
 */
export function refuseLasting(callee: unknown, args: readonly unknown[]): void {
  // Taken one by one, as a line may have given iterators a `return`.
  const { 0: object, 1: key, 2: descriptor } = args;
  if (isPrimitive(object) || !lockable.has(object)) return;
  if (locking.has(callee))
    throw new TypeError("JavaScript's own objects cannot be locked: the shell uses them");
  if (inheriting.has(callee) && !restored.has(object))
    throw new TypeError("JavaScript's own objects have to inherit from what they do: the shell uses them");
  if (!defining.has(callee)) return;
  const isLasting =
    callee === defineProperties
      ? !isPrimitive(key) &&
        some(Reflect.ownKeys(key as object), each => lasts(object as object, each, key?.[each as never]))
      : lasts(object as object, key as PropertyKey, descriptor);
  if (isLasting)
    throw new TypeError(
      "A property of JavaScript's own objects has to stay configurable: the shell uses them",
    );
}

/** Whether a function may change what it is given for ever. */
export function changesForEver(callee: unknown): callee is (...args: unknown[]) => unknown {
  return locking.has(callee) || defining.has(callee) || inheriting.has(callee);
}

/** Whether a property would be defined so that it stays, and could be in the way. Others are additions of libraries. */
function lasts(owner: object, key: PropertyKey, descriptor: unknown): boolean {
  if (isPrimitive(descriptor)) return false;
  const stays = Reflect.get(descriptor as object, 'configurable') as unknown;
  const before = Reflect.getOwnPropertyDescriptor(owner, key);
  if (before) return before.configurable === true && stays !== undefined && !stays;
  return !stays && isInTheWay(owner, key);
}

/** Whether JavaScript or Node.js looks for what is not there. */
function isInTheWay(owner: object, key: PropertyKey): boolean {
  if (owner === everything) return true;
  if (owner === everyArray && typeof key !== 'symbol' && Number(key) >= 0) return true;
  const isKey = (each: PropertyKey) => each === key;
  if (owner === everyArray) return some(hooks, isKey);
  return some(missing, each => each.owner === owner && isKey(each.key));
}
