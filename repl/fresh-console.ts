import type { Session } from '../src/index.ts';
import { printable } from './places/own-frames.ts';

/**
 * A console for the prompt, which refreshes expired entities before it prints them. The call then returns a promise,
 * which the prompt awaits; in a function that cannot wait, it prints the old values.
 */
export function freshConsole(console: Console, session: Pick<Session, 'touch'>): Console {
  return new Proxy(console, {
    get(target, name, receiver) {
      const print: unknown = Reflect.get(target, name, receiver);
      if (typeof print !== 'function') return print;
      const printFresh = (...args: unknown[]): unknown => {
        const fresh = session.touch(args, 'print');
        const call = () => Reflect.apply(print, target, printable(args)) as unknown;
        return fresh ? fresh.then(call) : call();
      };
      return Object.defineProperty(printFresh, 'name', { value: print.name, configurable: true });
    },
  });
}
