import type { Session } from '../../src/index.ts';
import type { LazySource } from '../evaluate/runtime/lazy-source.ts';

/** Loads for compiled code through the current session, so that functions typed before a reload still work. */
export function latestSession(session: () => Session): LazySource {
  return {
    read: (object, key) => session().read(object, key),
    readSync: (object, key) => session().readSync(object, key),
    touch: value => session().touch(value),
    isEntity: value => session().isEntity(value),
    constructorOf: value => session().constructorOf(value),
    isQuery: value => session().isQuery(value),
    isCollection: value => session().isCollection(value),
  };
}
