import { inspect } from 'node:util';
import { builtIns } from './shared-objects.ts';
import { JSON, Reflect, withOwnMethods } from './language.ts';
import type { Look } from './lazy-source.ts';
import { isUnkept } from './kept-promises.ts';
import { isPrimitive, isPromise } from './values.ts';

/** Functions that take a list of promises. */
const combining = setOf(named(Promise, 'all', 'allSettled', 'race', 'any'));

const typedArray = Reflect.getPrototypeOf(Int8Array) as object;
const typedArrays = Object.getOwnPropertyNames(globalThis)
  .filter(name => name.endsWith('Array') && name !== 'Array')
  .map(name => Reflect.get(globalThis, name) as unknown);

/** Functions of JavaScript's that iterate over an argument at once, which a query does not let them do. */
const takingItems = setOf([
  Set,
  Map,
  WeakSet,
  WeakMap,
  ...typedArrays,
  ...named(typedArray, 'from'),
  ...named(Array, 'from', 'fromAsync'),
  ...named(Object, 'fromEntries', 'groupBy'),
  ...named(Map, 'groupBy'),
  ...combining,
]);

/** Functions that copy fields of what they are given, which may have expired. */
const copying = setOf([
  structuredClone,
  ...named(Object, 'hasOwn', 'keys'),
  ...named(Reflect, 'has', 'get'),
  ...named(Object, 'assign', 'entries', 'values', 'getOwnPropertyDescriptor', 'getOwnPropertyDescriptors'),
]);

/** Functions that take all properties of what they are given. */
const listing = setOf(named(Object, 'assign', 'entries', 'keys', 'values'));

/** Functions that show what they are given, or copy its fields: they look at values that may have expired. */
const lookingInside = setOf([
  ...copying,
  String,
  Error,
  TypeError,
  RangeError,
  SyntaxError,
  ReferenceError,
  EvalError,
  URIError,
  inspect,
  RegExp,
  Symbol,
  ...named(globalThis, 'encodeURI', 'encodeURIComponent', 'escape'),
  ...named(Symbol, 'for'),
  ...named(RegExp.prototype, 'exec', 'test'),
  ...named(JSON, 'stringify'),
  ...named(String, 'raw'),
  ...named(String.prototype, ...Object.getOwnPropertyNames(String.prototype)),
  ...named(Array.prototype, 'join', 'toString', 'toLocaleString', 'sort', 'toSorted'),
]);

/** Functions that look for what they are given, or put it somewhere: one may be given a promise that typed code keeps. */
const lookingFor = setOf([
  ...named(Object, 'is'),
  ...named(Map.prototype, 'get', 'has', 'delete'),
  ...named(Set.prototype, 'has', 'delete'),
  ...named(Array.prototype, 'includes', 'indexOf', 'lastIndexOf', 'with', 'concat'),
]);

/** Functions that make something else of what they are given: a promise there would be wrong without a word. */
const computing = setOf([
  ...lookingInside,
  ...Object.values(Object.getOwnPropertyDescriptors(Intl)).map(({ value }): unknown => value),
  Number,
  Boolean,
  BigInt,
  Symbol,
  Date,
  ...named(globalThis, 'parseInt', 'parseFloat', 'isNaN', 'isFinite', 'encodeURIComponent', 'encodeURI'),
  ...[Math, Number, Number.prototype, BigInt, Date.prototype, RegExp.prototype].flatMap(owner =>
    named(owner, ...Object.getOwnPropertyNames(owner)),
  ),
  ...lookingFor,
  ...named(Object, 'keys', 'fromEntries', 'groupBy', 'hasOwn'),
  ...named(Array, 'from', 'isArray'),
  ...named(Reflect, 'has', 'ownKeys'),
  ...named(Array.prototype, 'at', 'slice', 'flat', 'copyWithin'),
]);

/** Methods of iterators, which take results at once. */
const ofIterators = Reflect.getPrototypeOf(Reflect.getPrototypeOf([][Symbol.iterator]()) as object) as object;
const walking = setOf(named(ofIterators, ...Object.getOwnPropertyNames(ofIterators)));

/** It waits for the items that it is given. */
const waitingForItems: unknown = Reflect.get(Array, 'fromAsync');

/** It gives back what an accessor gives. */
const readingOne: unknown = Reflect.get;

/** Functions that give back what a list or a Map holds. */
const takingOut = setOf([
  ...named(Array.prototype, 'at', 'find', 'findLast', 'pop', 'shift'),
  ...named(Map.prototype, 'get'),
  ...named(WeakMap.prototype, 'get'),
  ...named(Reflect, 'get'),
]);

/** Whether a function is one of JavaScript's own. */
export function isBuiltIn(value: unknown): boolean {
  return builtIns.has(value);
}

/** Whether a function takes a list of promises: one that is a promise itself has to be waited for. */
export function combines(callee: unknown): boolean {
  return combining.has(callee);
}

export function takesOut(callee: unknown): boolean {
  return takingOut.has(callee);
}

export function takesItems(callee: unknown): boolean {
  return takingItems.has(callee);
}

/** Whether a function may look at the fields of entities that it is given, itself or in something else. */
export function looksInside(callee: unknown): boolean {
  return lookingInside.has(callee) || !builtIns.has(callee);
}

/** Whether a function takes all properties of what it is given. */
export function listsProperties(callee: unknown): boolean {
  return listing.has(callee);
}

/** Whether a function is a method of an EntityManager that stages what it is given, and looks at no row. */
export function stages(callee: unknown, self: unknown): boolean {
  if (typeof callee !== 'function' || isPrimitive(self)) return false;
  const { name } = callee;
  return (name === 'persist' || name === 'remove') && isEntityManager(self);
}

/** Whether a value is an EntityManager, also one of another copy of MikroORM. */
export function isEntityManager(value: unknown): boolean {
  return !isPrimitive(value) && Reflect.has(value as object, 'getUnitOfWork');
}

/** How a function that looks inside looks at what it is given. */
export function lookOf(callee: unknown): Look {
  if (callee === JSON.stringify) return 'json';
  if (callee === inspect) return 'print';
  return copying.has(callee) || !builtIns.has(callee) ? 'fields' : 'text';
}

/** Whether a function computes something with what it is given, instead of keeping it or handing it on. */
export function computesWith(callee: unknown): boolean {
  return computing.has(callee);
}

/** Which promises a function that computes with what it is given cannot be given as they are. */
export function whatIsUsedBy(callee: unknown): (value: unknown) => value is Promise<unknown> {
  return lookingFor.has(callee) ? isUnkept : isPromise;
}

/** Whether a function is one of JavaScript's, which uses what its callbacks return at once. */
export function usesResults(callee: unknown): boolean {
  return builtIns.has(callee) && callee !== Promise && !takingItems.has(callee);
}

/** Whether a function uses at once what it gets from methods and accessors of what it is given. */
export function usesWhatItAsks(callee: unknown, self?: unknown): boolean {
  // What takes promises may be given them by the iterator of a library.
  const takes = takingItems.has(callee) && !combining.has(callee) && callee !== waitingForItems;
  const asks = computing.has(callee) || takes || walking.has(callee);
  return (asks && callee !== readingOne) || isTable(callee, self);
}

/** Whether a function is `table` of a console, which asks accessors. */
function isTable(callee: unknown, self: unknown): boolean {
  const isNamed = typeof callee === 'function' && callee.name === 'table' && !builtIns.has(callee);
  return isNamed && !isPrimitive(self) && typeof Reflect.get(self as object, 'groupEnd') === 'function';
}

export function setOf(functions: Iterable<unknown>): ReadonlySet<unknown> {
  return withOwnMethods(new Set(functions));
}

/** The functions that an object has under some names. Not every version of Node.js has them all. */
export function named(owner: object, ...names: readonly string[]): unknown[] {
  return names
    .map(name => Reflect.getOwnPropertyDescriptor(owner, name)?.value as unknown)
    .filter(value => typeof value === 'function');
}
