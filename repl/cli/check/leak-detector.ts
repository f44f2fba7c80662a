import { createRequire } from 'node:module';
import { load, requireHere } from '../import-from-cwd.ts';
import type { ShellOptions } from '../../shell.ts';
import { builtInState, isWatchedModule } from './built-in-state.ts';

/** Detects what code leaves behind in its process, where other code could see it. */
export interface LeakDetector {
  /** Imports a module. One whose state is not compared counts as a leak. */
  readonly load: ShellOptions['load'];
  /** The same with `require`. */
  readonly require: NodeJS.Require;
  /** @returns whether anything was left behind since the detector was made */
  readonly found: () => boolean;
}

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

/** The state of the process while nothing has leaked. Reading it takes as long as a step, so it is kept. */
let cleanState: readonly unknown[] | undefined;

/** @param classes more shared objects: the classes of the entities, as the open session has made them */
export function detectLeaks(classes: readonly object[]): LeakDetector {
  const entityClasses = classes.flatMap(each => [each, Reflect.get(each, 'prototype') as object]);
  const classesBefore = membersOf(entityClasses);
  // As long as nothing leaks, the state before one file is the state before the next.
  const processBefore = (cleanState ??= processState());
  let hasImported = false;
  const require = requireHere();
  return {
    load(specifier, options) {
      hasImported ||= !isWatchedModule(specifier);
      return load(specifier, options);
    },
    require: Object.assign((id: string): unknown => {
      hasImported ||= !isWatchedModule(id);
      return require(id);
    }, require),
    found: () =>
      hasImported ||
      goesOn() ||
      differ(membersOf(entityClasses), classesBefore) ||
      differ(processState(), processBefore),
  };
}

function differ(after: readonly unknown[], before: readonly unknown[]): boolean {
  return after.length !== before.length || after.some((each, index) => !Object.is(each, before[index]));
}

/** Whether something goes on by itself. Those of a session, such as the time-outs of its connections, have ended with it. */
function goesOn(): boolean {
  return process.getActiveResourcesInfo().some(kind => activeResources.has(kind));
}

/** What code could have changed in the process, always in the same order. */
function processState(): unknown[] {
  return [
    process.cwd(),
    JSON.stringify(process.env),
    Object.keys(cache).length,
    ...process.eventNames().map(name => process.listenerCount(name)),
    process.title,
    process.exitCode,
    ...builtInState(),
  ];
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
