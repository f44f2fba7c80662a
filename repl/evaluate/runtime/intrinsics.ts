import { withOwnMethods } from './language.ts';

// Taken when the shell loads: typed code may overwrite any of them.
const {
  apply,
  defineProperty,
  deleteProperty,
  get,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  ownKeys,
  set,
  setPrototypeOf,
} = Reflect;
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
const hooks: readonly PropertyKey[] = ['then', 'return', 'throw', 'next', 'toJSON', ...wellKnown];
const globals: object = globalThis;
const enqueue = queueMicrotask;
const { push } = Array.prototype;
const has = get(Set.prototype, 'has') as (value: unknown) => boolean;

/** A property of an object that all code shares. */
interface Shared {
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

const shared: readonly Shared[] = findShared();
/** Globals of Node.js that are set through accessors, which stay what they are. */
const behindAccessors = [...ofNode, ...ofTimers]
  .filter(name => getOwnPropertyDescriptor(globals, name)?.['set'])
  .map(name => ({ name, value: get(globals, name) as unknown }));

/** The prototypes of what every program works with, and what they inherit from. */
const owners: readonly { readonly owner: object; readonly prototype: object | null }[] =
  ownersOfMethods().map(owner => ({ owner, prototype: getPrototypeOf(owner) }));

/** Those to which whatever is added could harm the shell, with the keys that they have. */
const guarded = [everything, everyArray].map(owner => ({ owner, keys: new Set<unknown>(ownKeys(owner)) }));

/** Hooks that others do not have, and what the process has from its prototypes. */
const missing = [
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

interface Change {
  readonly owner: object;
  readonly key: PropertyKey;
  readonly before: PropertyDescriptor | undefined;
  now: PropertyDescriptor | undefined;
}

interface Assignment {
  readonly name: string;
  readonly before: unknown;
  now: unknown;
}

/**
 * Keeps what typed code changes of JavaScript's own objects, as in `Array.prototype.map = 1`, from code that was not
 * typed: it holds while typed code runs, and neither between lines nor while the session works or a line waits.
 */
export class Overrides {
  #changed: Change[] = [];
  #assigned: Assignment[] = [];
  /** Whether what typed code has changed holds. */
  isApplied = false;
  /** Whether the line itself may change something at any time. */
  #isChanging = false;
  /** Which `Date` holds between lines: the shell itself may have frozen the clock. */
  #date = descriptorOfDate();

  /** Before a line. @param isChanging whether it could overwrite something, as far as its code tells */
  begin(isChanging: boolean): void {
    this.#date = descriptorOfDate();
    this.#isChanging = isChanging;
    this.apply();
  }

  /** Where typed code goes on: until it waits. */
  apply(): void {
    if (this.isApplied || !(this.#isChanging || this.#hasChanges())) return;
    this.isApplied = true;
    for (let index = 0; index < this.#changed.length; index++) {
      const { owner, key, now } = this.#changed[index] as Change;
      put(owner, key, now);
    }
    for (let index = 0; index < this.#assigned.length; index++) {
      const { name, now } = this.#assigned[index] as Assignment;
      set(globals, name, now);
    }
    apply(enqueue, undefined, [() => this.#rest()]);
  }

  /** Calls what does not see what typed code has changed. */
  aside<T>(call: () => T): T {
    if (!this.isApplied) return call();
    this.#rest();
    try {
      return call();
    } finally {
      this.apply();
    }
  }

  /** After a line. */
  end(): void {
    this.apply();
    this.#isChanging = false;
    this.#takeAllBack();
  }

  /** Nothing here may call anything that the line could have overwritten. */
  #takeAllBack(): void {
    this.isApplied = false;
    this.#changed = [];
    this.#assigned = [];
    this.#takeAdded();
    for (let index = 0; index < behindAccessors.length; index++) {
      const { name, value } = behindAccessors[index] as (typeof behindAccessors)[number];
      const now: unknown = get(globals, name);
      if (now === value) continue;
      apply(push, this.#assigned, [{ name, before: value, now }]);
      set(globals, name, value);
    }
    this.#takeBack(globals, 'Date', this.#date);
    for (let index = 0; index < shared.length; index++) {
      const { owner, key, descriptor } = shared[index] as Shared;
      if (!holds(owner, key, descriptor.value)) this.#takeBack(owner, key, descriptor);
    }
  }

  #hasChanges(): boolean {
    return this.#changed.length > 0 || this.#assigned.length > 0;
  }

  #rest(): void {
    if (!this.isApplied) return;
    if (this.#isChanging) return this.#takeAllBack();
    this.isApplied = false;
    for (let index = 0; index < this.#changed.length; index++) {
      const change = this.#changed[index] as Change;
      change.now = descriptorOf(change.owner, change.key);
      put(change.owner, change.key, change.before);
    }
    for (let index = 0; index < this.#assigned.length; index++) {
      const assignment = this.#assigned[index] as Assignment;
      assignment.now = get(globals, assignment.name);
      set(globals, assignment.name, assignment.before);
    }
  }

  /** What is added: `then` would make anything look like a promise, `return` ends every loop with a call of it. */
  #takeAdded(): void {
    for (let index = 0; index < owners.length; index++) {
      const { owner, prototype } = owners[index] as (typeof owners)[number];
      if (getPrototypeOf(owner) !== prototype) setPrototypeOf(owner, prototype);
    }
    for (let index = 0; index < guarded.length; index++) {
      const { owner, keys } = guarded[index] as (typeof guarded)[number];
      const now = ownKeys(owner);
      if (now.length === keys.size) continue;
      for (let at = 0; at < now.length; at++)
        if (!apply(has, keys, [now[at]])) this.#takeAway(owner, now[at] as PropertyKey);
    }
    for (let index = 0; index < missing.length; index++) {
      const { owner, key } = missing[index] as (typeof missing)[number];
      if (hasOwn(owner, key)) this.#takeAway(owner, key);
    }
  }

  #takeAway(owner: object, key: PropertyKey): void {
    const added = descriptorOf(owner, key);
    if (deleteProperty(owner, key))
      apply(push, this.#changed, [{ owner, key, before: undefined, now: added }]);
  }

  #takeBack(owner: object, key: PropertyKey, before: PropertyDescriptor): void {
    const now = getOwnPropertyDescriptor(owner, key);
    if (now && now.value === before.value && now.get === before.get && now.set === before.set) return;
    apply(push, this.#changed, [{ owner, key, before, now: descriptorOf(owner, key) }]);
    defineProperty(owner, key, before);
  }
}

function put(owner: object, key: PropertyKey, descriptor: PropertyDescriptor | undefined): void {
  if (descriptor) defineProperty(owner, key, descriptor);
  else deleteProperty(owner, key);
}

/** Whether a property still has its function: that is a tenth of the time that its descriptor takes. */
function holds(owner: object, key: PropertyKey, value: unknown): boolean {
  if (value === undefined) return false;
  try {
    return (owner as Record<PropertyKey, unknown>)[key] === value;
  } catch {
    return false;
  }
}

/** A descriptor that inherits nothing. */
function descriptorOf(owner: object, key: PropertyKey): PropertyDescriptor | undefined {
  const descriptor = getOwnPropertyDescriptor(owner, key);
  if (descriptor) setPrototypeOf(descriptor, null);
  return descriptor;
}

function descriptorOfDate(): PropertyDescriptor {
  return descriptorOf(globals, 'Date') as PropertyDescriptor;
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
