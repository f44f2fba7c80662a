import { createRequire, isBuiltin } from 'node:module';
import { load } from '../import-from-cwd.ts';
import type { ShellOptions } from '../../shell.ts';

/** Detects what code leaves behind in its process, where other code could see it. */
export interface LeakDetector {
  /** Imports a module. One that is not built in counts as a leak, as it may have state. */
  readonly load: ShellOptions['load'];
  /** @returns whether anything was left behind since the detector was made */
  readonly found: () => boolean;
}

/** Objects that every program shares and may change: the values that they hold are compared, too. */
const sharedObjects: readonly object[] = [globalThis, console, JSON, Math];

/** Classes of which only the number of members is compared: they have many, and a file is checked twice. */
const builtInClasses: readonly object[] = [
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

/** The resources of Node.js that go on by themselves. */
const activeResources = new Set([
  'Timeout',
  'Immediate',
  'TCPServerWrap',
  'ProcessWrap',
  'FSEventWrap',
  'MessagePort',
]);

/**
 * The globals that others set: MikroORM's compiled hydrators leave `idx`, and a frozen clock replaces `Date`. Symbols,
 * under which Node.js and libraries share things, are not looked at either.
 */
const foreignGlobals: readonly (string | symbol)[] = ['idx', 'Date'];

/** The state of the process while nothing has leaked. Reading it takes as long as a step, so it is kept. */
let cleanState: readonly unknown[] | undefined;
let sharedData: readonly (readonly [object: object, key: PropertyKey])[] | undefined;

/** @param classes more shared objects: the classes of the entities, as the open session has made them */
export function detectLeaks(classes: readonly object[]): LeakDetector {
  const entityClasses = classes.flatMap(each => [each, Reflect.get(each, 'prototype') as object]);
  const classesBefore = membersOf(entityClasses);
  // As long as nothing leaks, the state before one file is the state before the next.
  const processBefore = (cleanState ??= processState());
  let hasImported = false;
  return {
    load(specifier, options) {
      hasImported ||= !isBuiltin(specifier);
      return load(specifier, options);
    },
    found: () =>
      hasImported || differ(membersOf(entityClasses), classesBefore) || differ(processState(), processBefore),
  };
}

function differ(after: readonly unknown[], before: readonly unknown[]): boolean {
  return after.length !== before.length || after.some((each, index) => !Object.is(each, before[index]));
}

/** What code could have changed in the process, always in the same order. */
function processState(): unknown[] {
  return [
    process.cwd(),
    JSON.stringify(process.env),
    Object.keys(cache).length,
    process.getActiveResourcesInfo().filter(kind => activeResources.has(kind)).length,
    ...process.eventNames().map(name => process.listenerCount(name)),
    ...builtInClasses.map(each => Reflect.ownKeys(each).length),
    ...sharedObjects.map(each => keysOf(each).length),
    ...(sharedData ??= sharedObjects.flatMap(dataOf)).map(([object, key]): unknown =>
      Reflect.get(object, key),
    ),
  ];
}

/** The properties that hold a value. Getters are left out, as reading one may create what it returns. */
function dataOf(object: object): [object: object, key: PropertyKey][] {
  const isData = (key: PropertyKey) => 'value' in (Reflect.getOwnPropertyDescriptor(object, key) ?? {});
  return keysOf(object)
    .filter(isData)
    .map(key => [object, key]);
}

function keysOf(object: object): (string | symbol)[] {
  const keys = Reflect.ownKeys(object);
  return object === globalThis
    ? keys.filter(key => typeof key === 'string' && !foreignGlobals.includes(key))
    : keys;
}

function membersOf(objects: readonly object[]): unknown[] {
  const members: unknown[] = [];
  for (const object of objects)
    for (const key of Reflect.ownKeys(object)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(object, key);
      members.push(key, descriptor?.value ?? descriptor?.get);
    }
  return members;
}
