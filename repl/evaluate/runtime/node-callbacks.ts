import { EventEmitter } from 'node:events';
import { Object, Reflect, some, withOwnMethods } from './language.ts';

/** Modules of Node.js that call back when something has happened, and do not use what their callbacks return. */
const modules = [
  'child_process',
  'cluster',
  'crypto',
  'dgram',
  'dns',
  'fs',
  'http',
  'http2',
  'https',
  'net',
  'readline',
  'stream',
  'tls',
  'worker_threads',
  'zlib',
] as const;

/** What hands on a function that it is given, looks for it, or walks what it returns. */
const others: ReadonlySet<string> = withOwnMethods(
  new Set([
    'constructor',
    'compose',
    'emit',
    'off',
    'pipe',
    'pipeline',
    'push',
    'removeListener',
    'unshift',
    'write',
  ]),
);

const { process } = globalThis;
const callingBack = withOwnMethods(new Set<unknown>());
const visited = withOwnMethods(new Set<unknown>([null, Object.prototype, EventEmitter.prototype]));
let modulesLoaded = 0;

/** Whether a function is one of Node.js's modules that calls back without using what that returns. */
export function callsBackLater(callee: unknown): boolean {
  const loaded = Reflect.get(process, 'moduleLoadList') as readonly string[];
  // A module that is not loaded has not given anybody a function, and loading it takes time.
  if (loaded.length > modulesLoaded) {
    modulesLoaded = loaded.length;
    for (let index = 0; index < modules.length; index++) {
      const name = modules[index] as string;
      if (some(loaded, each => each === `NativeModule ${name}`)) note(process.getBuiltinModule(name));
    }
  }
  return callingBack.has(callee);
}

/** Notes the functions of a module, and the methods of its classes. */
function note(owner: unknown): void {
  if (visited.has(owner)) return;
  visited.add(owner);
  const names = Object.getOwnPropertyNames(owner);
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string;
    const value: unknown = Object.getOwnPropertyDescriptor(owner, name)?.value;
    if (typeof value !== 'function' || others.has(name)) continue;
    callingBack.add(value);
    for (let made: unknown = value.prototype; !visited.has(made ?? null); made = Object.getPrototypeOf(made))
      note(made);
  }
}
