import { MikroscopeError, type Session } from '../../src/index.ts';
import { isCalledLater } from '../evaluate/runtime/coroutine.ts';
import type { LazySource } from '../evaluate/runtime/lazy-source.ts';

/** Loads for compiled code through the current session, so that functions typed before a reload still work. */
export function latestSession(session: () => Session): LazySource {
  return {
    read: (object, key) => session().read(object, key),
    isPlain: value => session().isPlain(value),
    readSync: (object, key) => session().readSync(object, key),
    target: (object, key) => session().target(object, key),
    targetSync: (object, key) => session().targetSync(object, key),
    touch: (value, look) => session().touch(value, look),
    cannotWait: typed =>
      new MikroscopeError(
        'NotLoaded',
        `${shorten(typed)} would have to be waited for, and what calls this function cannot wait`,
        isCalledLater()
          ? 'Write it as an async function if nothing uses what it returns, as for a listener; or read it before.'
          : 'Read it before, and hand over the values.',
      ),
    isEntity: value => session().isEntity(value),
    constructorOf: value => session().constructorOf(value),
    isQuery: value => session().isQuery(value),
    isCollection: value => session().isCollection(value),
  };
}

/** What was typed, on one line and not too long. */
function shorten(typed: string): string {
  const line = typed.replaceAll(/\s+/g, ' ');
  return line.length > maxTyped ? `${line.slice(0, maxTyped)}…` : line;
}

const maxTyped = 60;
