import { showTexts } from './function-text.ts';
import { withOwnMethods } from './language.ts';

// Taken when the shell loads: typed code may overwrite any of them.
const { get, getOwnPropertyDescriptor, getPrototypeOf, ownKeys, setPrototypeOf } = Reflect;
const { hasOwn } = Object;
const { prototype: everything } = Object;
const everyArray = Array.prototype;
const wellKnown = [
  Symbol.iterator,
  Symbol.asyncIterator,
  Symbol.toPrimitive,
  Symbol.hasInstance,
  Symbol.toStringTag,
  Symbol.isConcatSpreadable,
  Symbol.species,
];
/** What JavaScript itself looks for in objects; other additions are left for libraries that make some. */
export const hooks: readonly PropertyKey[] = ['then', 'return', 'throw', 'next', 'toJSON', ...wellKnown];
const globals: object = globalThis;

/** A property of an object that all code shares. */
export interface Shared {
  readonly owner: object;
  readonly key: PropertyKey;
  readonly descriptor: PropertyDescriptor;
}

/** Globals that are not JavaScript's, without which the shell cannot go on. */
const ofNode = ['globalThis', 'process', 'performance', 'Buffer', 'console', 'URL', 'structuredClone'];
const ofTimers = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'queueMicrotask',
];

// How functions show their text then is among what is taken.
showTexts();
export const shared: readonly Shared[] = findShared();
/** Globals of Node.js that are set through accessors, which stay what they are. */
export const behindAccessors = [...ofNode, ...ofTimers]
  .filter(name => getOwnPropertyDescriptor(globals, name)?.['set'])
  .map(name => ({ name, value: get(globals, name) as unknown }));

/** The prototypes of what every program works with, and what they inherit from. */
export const owners: readonly { readonly owner: object; readonly prototype: object | null }[] =
  ownersOfMethods().map(owner => ({ owner, prototype: getPrototypeOf(owner) }));

/** Those to which whatever is added could harm the shell, with the keys that they have. */
export const guarded = [everything, everyArray].map(owner => ({
  owner,
  keys: new Set<unknown>(ownKeys(owner)),
}));

/** Hooks that others do not have, and what the process has from its prototypes. */
export const missing = [
  ...owners
    .filter(({ owner }) => owner !== everything && owner !== everyArray)
    .flatMap(({ owner }) => hooks.map(key => ({ owner, key }))),
  ...['emit', 'on', 'once', 'off', 'addListener', 'removeListener', 'listeners', 'listenerCount'].map(
    key => ({
      owner: get(globals, 'process') as object,
      key,
    }),
  ),
].filter(({ owner, key }) => !hasOwn(owner, key));

/** The functions of JavaScript's own objects. */
export const builtIns: ReadonlySet<unknown> = withOwnMethods(
  new Set(
    shared.flatMap(({ descriptor }) =>
      (['value', 'get', 'set'] as const)
        .map(kind => descriptor[kind] as unknown)
        .filter(each => typeof each === 'function'),
    ),
  ),
);

/** A descriptor that inherits nothing. */
export function descriptorOf(owner: object, key: PropertyKey): PropertyDescriptor | undefined {
  const descriptor = getOwnPropertyDescriptor(owner, key);
  if (descriptor) setPrototypeOf(descriptor, null);
  return descriptor;
}

function findShared(): Shared[] {
  const found: Shared[] = [];
  const seen = new Set<unknown>([globals]);
  const add = (owner: object, key: PropertyKey) => {
    const descriptor = descriptorOf(owner, key);
    const held: unknown = descriptor?.value ?? descriptor?.['get'];
    if (!descriptor || (typeof held !== 'function' && typeof held !== 'object')) return;
    if (descriptor.configurable || descriptor.writable) found.push({ owner, key, descriptor });
    if (key === 'prototype' || (key !== 'constructor' && isOwner(descriptor.value)))
      visit(descriptor.value as object);
  };
  const visit = (object: object) => {
    if (seen.has(object)) return;
    seen.add(object);
    for (const key of ownKeys(object)) add(object, key);
  };
  for (const name of ownKeys(globals)) {
    if (typeof name !== 'string' || !isOfJavaScript(name)) continue;
    add(globals, name);
  }
  for (const name of [...ofNode, ...ofTimers]) {
    const descriptor = descriptorOf(globals, name);
    if (descriptor?.configurable) found.push({ owner: globals, key: name, descriptor });
  }
  const owner = get(globals, 'process') as object;
  const descriptor = descriptorOf(owner, 'env') as PropertyDescriptor;
  found.push({ owner, key: 'env', descriptor });
  const iterator = getPrototypeOf([][Symbol.iterator]()) as object;
  const hidden = [
    iterator,
    getPrototypeOf(Int8Array),
    getPrototypeOf(function* () {}),
    getPrototypeOf(async function* () {}),
    getPrototypeOf(async () => undefined),
    getPrototypeOf(new Map().entries()),
    getPrototypeOf(new Set().entries()),
  ];
  // A frozen clock replaces `Date` itself.
  for (const object of [...hidden, getPrototypeOf(iterator), Date]) visit(object as object);
  return found;
}

/** The prototypes of what every program works with. */
function ownersOfMethods(): object[] {
  const iterators = [[].values(), new Map().entries(), new Set().entries(), ''[Symbol.iterator]()];
  const generators = [function* () {}, async function* () {}, async () => undefined, () => undefined];
  return [
    ...[Object, Array, Promise, String, Number, Boolean, BigInt, Symbol, RegExp, Date, Error].map(
      ({ prototype }) => prototype as object,
    ),
    ...[Map, Set, WeakMap, WeakSet, Uint8Array].map(({ prototype }) => prototype as object),
    getPrototypeOf(Uint8Array.prototype) as object,
    ...iterators.map(iterator => getPrototypeOf(iterator) as object),
    getPrototypeOf(getPrototypeOf([].values()) as object) as object,
    ...generators.map(each => getPrototypeOf(each) as object),
    ...generators.slice(0, 2).map(each => getPrototypeOf(getPrototypeOf(each.prototype) as object) as object),
  ];
}

/** Whether a value is a class or a namespace, such as Math; other functions own nothing to speak of. */
function isOwner(value: unknown): boolean {
  return typeof value === 'function'
    ? hasOwn(value, 'prototype')
    : typeof value === 'object' && value !== null;
}

/** Whether a global is one of the language; Node.js and libraries have added others. */
function isOfJavaScript(name: string): boolean {
  return (
    hasOwn(globals, name) &&
    /^(?:[A-Z]\w*(?:Array|Error|Ref|Registry|Set|Map|Buffer|View)|Array|BigInt|Boolean|Error|Function|Iterator|Map|Number|Object|Promise|Proxy|RegExp|Set|String|Symbol|Atomics|JSON|Math|Reflect|eval|isFinite|isNaN|parseFloat|parseInt|(?:de|en)codeURI(?:Component)?|escape|unescape)$/.test(
      name,
    )
  );
}
