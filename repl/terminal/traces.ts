import { isBuiltin } from 'node:module';
import { load, requireHere } from './modules.ts';

/** Watches for what code leaves in its process, where other code could see it. */
export interface Traces {
  /** Imports a module. One of somebody's own may keep a state. */
  readonly load: (specifier: string) => Promise<unknown>;
  /** @returns whether there is anything */
  readonly left: () => boolean;
}

/** What every program shares; a change to one of them outlives the code that made it. */
const shared: readonly object[] = [
  globalThis,
  process.env,
  process,
  console,
  JSON,
  Math,
  Reflect,
  ...[
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
  ].flatMap(each => [each, each.prototype as object]),
];

/** What goes on by itself. */
const running = new Set([
  'Timeout',
  'Immediate',
  'TCPServerWrap',
  'ProcessWrap',
  'FSEventWrap',
  'MessagePort',
]);

/** MikroORM's compiled hydrators leave it; what Node.js and libraries share under symbols is theirs too. */
const ofMikroOrm = 'idx';

/** @param own more objects that are shared: the classes of the entities */
export function watchTraces(own: readonly object[] = []): Traces {
  const objects = [...shared, ...own.flatMap(each => [each, Reflect.get(each, 'prototype') as object])];
  const before = takeStock(objects);
  let imported = false;
  return {
    load(specifier) {
      imported ||= !isBuiltin(specifier);
      return load(specifier);
    },
    left() {
      const after = takeStock(objects);
      return (
        imported ||
        after.length !== before.length ||
        after.some((each, index) => !Object.is(each, before[index]))
      );
    },
  };
}

/** What is to be seen now, in an order that does not change. */
function takeStock(objects: readonly object[]): unknown[] {
  return [
    process.cwd(),
    Object.keys(requireHere().cache).length,
    process.getActiveResourcesInfo().filter(kind => running.has(kind)).length,
    ...process.eventNames().map(name => `${String(name)} ${process.listenerCount(name)}`),
    ...objects.flatMap(object =>
      Reflect.ownKeys(object).flatMap(key => {
        if (object === globalThis && (typeof key === 'symbol' || key === ofMikroOrm)) return [];
        const descriptor = Reflect.getOwnPropertyDescriptor(object, key);
        return [key, descriptor?.value as unknown, descriptor?.get];
      }),
    ),
  ];
}
