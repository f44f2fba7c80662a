import { createRequire, isBuiltin } from 'node:module';
import { load } from '../import-from-cwd.ts';

/** Watches for what code leaves in its process, where other code could see it. */
export interface LeakDetector {
  /** Imports a module. One of somebody's own may keep a state. */
  readonly load: (specifier: string) => Promise<unknown>;
  /** @returns whether there is anything */
  readonly left: () => boolean;
}

/** What every program shares and may change: a value that was there is looked at too. */
const values: readonly object[] = [globalThis, console, JSON, Math];

/** Here what is new is looked for, and nothing else: it is much, and a look comes before and after every file. */
const kinds: readonly object[] = [
  Object,
  Function,
  Array,
  String,
  Number,
  Boolean,
  BigInt,
  Date,
  RegExp,
  Map,
  Set,
  Promise,
  Error,
].flatMap(each => [each, each.prototype as object]);

const { cache } = createRequire(import.meta.url);

/** What goes on by itself. */
const running = new Set([
  'Timeout',
  'Immediate',
  'TCPServerWrap',
  'ProcessWrap',
  'FSEventWrap',
  'MessagePort',
]);

/**
 * MikroORM's compiled hydrators leave `idx`, and a clock puts its own `Date` there; what Node.js and libraries share
 * under symbols is theirs too.
 */
const ofOthers: readonly (string | symbol)[] = ['idx', 'Date'];

/** What is there while nothing was left. A look at everything takes as long as a step. */
let clean: readonly unknown[] | undefined;
let shared: readonly (readonly [object: object, key: PropertyKey])[] | undefined;

/** @param own more objects that are shared: the classes of the entities, as the session that is open has made them */
export function detectLeaks(own: readonly object[] = []): LeakDetector {
  const classes = own.flatMap(each => [each, Reflect.get(each, 'prototype') as object]);
  const before = takeStock(classes);
  // As long as nothing is left, what was there before one file is there before the next.
  const everywhere = (clean ??= lookAround());
  let imported = false;
  return {
    load(specifier) {
      imported ||= !isBuiltin(specifier);
      return load(specifier);
    },
    left: () => imported || differ(takeStock(classes), before) || differ(lookAround(), everywhere),
  };
}

function differ(after: readonly unknown[], before: readonly unknown[]): boolean {
  return after.length !== before.length || after.some((each, index) => !Object.is(each, before[index]));
}

/** What is to be seen in the process now, in an order that does not change. */
function lookAround(): unknown[] {
  return [
    process.cwd(),
    JSON.stringify(process.env),
    Object.keys(cache).length,
    process.getActiveResourcesInfo().filter(kind => running.has(kind)).length,
    ...process.eventNames().map(name => process.listenerCount(name)),
    ...kinds.map(each => Reflect.ownKeys(each).length),
    ...values.map(each => keysOf(each).length),
    ...(shared ??= values.flatMap(dataOf)).map(([object, key]): unknown => Reflect.get(object, key)),
  ];
}

/** What holds a value now. Who asks the others for theirs may make it. */
function dataOf(object: object): [object: object, key: PropertyKey][] {
  const isData = (key: PropertyKey) => 'value' in (Reflect.getOwnPropertyDescriptor(object, key) ?? {});
  return keysOf(object)
    .filter(isData)
    .map(key => [object, key]);
}

function keysOf(object: object): (string | symbol)[] {
  const keys = Reflect.ownKeys(object);
  return object === globalThis
    ? keys.filter(key => typeof key === 'string' && !ofOthers.includes(key))
    : keys;
}

function takeStock(objects: readonly object[]): unknown[] {
  const stock: unknown[] = [];
  for (const object of objects)
    for (const key of Reflect.ownKeys(object)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(object, key);
      stock.push(key, descriptor?.value ?? descriptor?.get);
    }
  return stock;
}
