import { format, inspect, type InspectOptions, stripVTControlCharacters, types } from 'node:util';
import { ownFolders } from '../own-package.ts';

/** Anything can be thrown, even an object whose `stack` throws. */
export function stackOf(error: unknown): string | undefined {
  try {
    const stack: unknown = (error as { stack?: unknown } | null | undefined)?.stack;
    return typeof stack === 'string' ? stack : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a line of a stack names a place in what was typed, in this program, in a library or in Node.js. */
export function isForeign(line: string): boolean {
  return /node_modules|prompt:/.test(line) || isOfShell(line);
}

/** Whether a line of a stack names a place in this program, or in Node.js. */
export function isOfShell(line: string): boolean {
  return /node:|mikroscope:\d|<anonymous>/.test(line) || ownFolders.some(folder => line.includes(folder));
}

/** A line that `util.inspect` writes for frames that the error which is the cause has, too. */
const SHARED = /^\s+\.\.\. \d+ lines matching cause stack trace \.\.\./;

/** What `util.inspect` has written, with those frames of the stacks of errors alone that are in the user's own files. */
export function withoutOwnFrames(text: string): string {
  if (!text.includes('at ')) return text;
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    const plain = stripVTControlCharacters(line);
    const isLeftOut = SHARED.test(plain) || (/^\s+at /.test(plain) && isForeign(plain));
    if (!isLeftOut) kept.push(line);
    // What follows the stack of an error stands at its end.
    else if (kept.length > 0) kept[kept.length - 1] += /(?: \{)?,?$/.exec(plain)?.[0] ?? '';
  }
  return kept.join('\n');
}

/** What a console is given, so that it prints the stacks of errors so. */
export function printable(args: readonly unknown[]): readonly unknown[] {
  if (!args.some(types.isNativeError)) return args;
  const [first] = args;
  const shown = (one: unknown, options?: InspectOptions) => withoutOwnFrames(inspect(one, options));
  if (typeof first === 'string' && first.includes('%'))
    return [format(...args.map(one => (types.isNativeError(one) ? shown(one) : one)))];
  return args.map(one =>
    types.isNativeError(one)
      ? { [inspect.custom]: (_: number, options: InspectOptions) => shown(one, options) }
      : one,
  );
}
