import { format } from 'node:util';
import type { Session } from '../src/index.ts';
import { printable, withoutOwnFrames } from './places/own-frames.ts';

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
        const stack = name === 'trace' ? stackHere() : undefined;
        const fresh = session.touch(args, 'print');
        const call = () =>
          stack === undefined
            ? (Reflect.apply(print, target, printable(args)) as unknown)
            : target.error(traced(args, stack));
        return fresh ? fresh.then(call) : call();
      };
      return Object.defineProperty(printFresh, 'name', { value: print.name, configurable: true });
    },
  });
}

function stackHere(): string {
  return new Error().stack ?? '';
}

/** What `console.trace()` prints, with the frames of the user's own files alone. */
function traced(args: readonly unknown[], stack: string): string {
  const headline = args.length > 0 ? `Trace: ${format(...printable(args))}` : 'Trace';
  return withoutOwnFrames(stack.replace(/^.*/, () => headline));
}
