import { EventEmitter } from 'node:events';
import { inspect } from 'node:util';

/** The modules of Node.js whose state is compared: those that much else uses. */
const watchedModules = [
  'assert',
  'async_hooks',
  'buffer',
  'child_process',
  'crypto',
  'events',
  'fs',
  'fs/promises',
  'module',
  'os',
  'path',
  'perf_hooks',
  'stream',
  'timers',
  'timers/promises',
  'url',
  'util',
];

/** Taken before a clock is frozen. */
const RealDate = Date;

/**
 * What others set: MikroORM's compiled hydrators leave `idx`, and a frozen clock replaces `Date` and the methods of a
 * formatter.
 */
const foreignKeys: ReadonlyMap<object, readonly PropertyKey[]> = new Map<object, readonly PropertyKey[]>([
  [globalThis, ['idx', 'Date']],
  [RealDate.prototype, ['constructor']],
  [Intl.DateTimeFormat.prototype, ['format', 'formatToParts']],
]);

/** Whether code that uses a built-in module can leave nothing in it that is not noticed. */
export function isWatchedModule(specifier: string): boolean {
  return watchedModules.includes(specifier.replace(/^node:/, ''));
}

/** A property that everything in the process shares. */
type Shared = readonly [object: object, key: PropertyKey];

let shared:
  | {
      readonly objects: readonly object[];
      readonly data: readonly Shared[];
      readonly accessors: readonly Shared[];
      readonly functions: readonly object[];
    }
  | undefined;

/** What JavaScript's and Node's own objects hold, always in the same order. */
export function builtInState(): unknown[] {
  const { objects, data, accessors, functions } = (shared ??= findShared());
  // Thousands of values after each file: one list, filled in place, takes half the time of several.
  const state: unknown[] = [EventEmitter.defaultMaxListeners];
  for (const object of objects) state.push(keysOf(object).length);
  for (const [object, key] of data) state.push((object as Record<PropertyKey, unknown>)[key]);
  for (const [object, key] of accessors) {
    const { get, set } = Reflect.getOwnPropertyDescriptor(object, key) ?? {};
    state.push(get, set);
  }
  // What was assigned to a function: its own properties do not show here, and listing them would take four times as long.
  for (const method of functions) for (const name in method) state.push(name);
  return state;
}

/** Finds them once. Getters are not read, as reading one may create what it returns. */
function findShared(): NonNullable<typeof shared> {
  const objects = [...new Set(namespaces().flatMap(object => [object, ...classesIn(object)]))];
  const all = objects.flatMap(object => keysOf(object).map((key): Shared => [object, key]));
  const isData = ([object, key]: Shared) => 'value' in (Reflect.getOwnPropertyDescriptor(object, key) ?? {});
  const data = all.filter(isData);
  const functions = new Set(
    data.map(([object, key]): unknown => Reflect.get(object, key)).filter(isFunction),
  );
  return { objects, data, accessors: all.filter(each => !isData(each)), functions: [...functions] };
}

function isFunction(value: unknown): value is object {
  return typeof value === 'function';
}

function namespaces(): object[] {
  const modules = watchedModules.map(name => process.getBuiltinModule(name) as object);
  return [
    globalThis,
    console,
    Intl,
    JSON,
    Math,
    Reflect,
    Atomics,
    RealDate,
    RealDate.prototype,
    ...modules,
    inspect.defaultOptions,
    inspect.styles,
  ];
}

/** The classes that an object holds, with their prototypes. */
function classesIn(object: object): object[] {
  return keysOf(object).flatMap(key => {
    const value: unknown = Reflect.getOwnPropertyDescriptor(object, key)?.value;
    if (typeof value !== 'function') return [];
    const { prototype } = value as { prototype?: unknown };
    const isClass =
      typeof prototype === 'object' && prototype !== null && Reflect.ownKeys(prototype).length > 1;
    return isClass ? [value, prototype] : [];
  });
}

/** Symbols of the global object, under which Node.js and libraries share things, are left out. */
function keysOf(object: object): PropertyKey[] {
  const foreign = foreignKeys.get(object);
  const keys = Reflect.ownKeys(object);
  if (foreign === undefined) return keys;
  return keys.filter(key => !foreign.includes(key) && (object !== globalThis || typeof key === 'string'));
}
