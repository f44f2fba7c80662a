import { builtIns } from './shared-objects.ts';
import { named, setOf } from './built-in-callees.ts';
import { Reflect, some } from './language.ts';
import { callsBackLater } from './node-callbacks.ts';
import { isPrimitive } from './values.ts';

/** Functions that wait for what their callbacks return, or do not look at it. */
const lettingWait = setOf([
  setTimeout,
  setInterval,
  setImmediate,
  queueMicrotask,
  FinalizationRegistry,
  PerformanceObserver,
  ...named(Reflect.get(globalThis, 'process'), 'nextTick'),
  ...named(Array, 'fromAsync'),
  ...named(Promise, 'try'),
  ...named(Promise.prototype, 'then', 'catch', 'finally'),
]);

/** Methods by their names, and by what else their objects have. */
type Methods = readonly [names: readonly string[], beside: readonly string[]];

/** The emitters that are like Node.js's answer whether there are listeners, and not what those return. */
const ofEmitters = ['emit', 'removeListener', 'listenerCount', 'eventNames'];
const removing: Methods = [['off', 'removeListener'], ofEmitters];
const ofTargets: Methods = [
  ['addEventListener', 'removeEventListener'],
  ['removeEventListener', 'dispatchEvent'],
];

/** Methods that call back and do not look at the answer, or wait for it. */
const patientMethods: readonly Methods[] = [
  [['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'], ofEmitters],
  ofTargets,
  [['transactional'], ['rollback']],
];

/** Whether the callbacks of a function may wait for something: timers, listeners, those of a promise. */
export function letsWait(callee: unknown, self: unknown): boolean {
  if (lettingWait.has(callee)) return true;
  if (builtIns.has(callee)) return false;
  return callsBackLater(callee) || some(patientMethods, methods => isOneOf(methods, callee, self));
}

/** Whether a function is a method that takes a listener away from an emitter. */
export function removesListener(callee: unknown, self: unknown): boolean {
  return isOneOf(removing, callee, self);
}

/** Whether a function is a method of an event target, whose listeners may be objects. */
export function isOfEventTarget(callee: unknown, self: unknown): boolean {
  return isOneOf(ofTargets, callee, self);
}

function isOneOf([names, beside]: Methods, callee: unknown, self: unknown): boolean {
  if (typeof callee !== 'function' || isPrimitive(self)) return false;
  const { name } = callee;
  const method = (key: string): unknown => Reflect.get(self as object, key);
  // Those of streams have no names.
  const isNamed = (each: string) => (name === '' ? method(each) === callee : each === name);
  return some(names, isNamed) && !some(beside, each => typeof method(each) !== 'function');
}
