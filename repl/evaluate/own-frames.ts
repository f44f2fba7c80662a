import { ownFolders } from '../own-package.ts';

/**
 * The frames of an error's stack that the user can do something about: those in their own files, from the throw to the
 * typed line. Frames of this program, of libraries and of Node.js are left out.
 */
export function ownFrames(error: unknown): string[] {
  const stack = stackOf(error);
  if (stack === undefined) return [];
  const lines = stack.split('\n');
  const typedLine = lines.findLastIndex(line => line.includes('prompt:'));
  return (
    lines
      // If a library calls back, the typed line is no longer in the stack.
      .slice(0, typedLine === -1 ? lines.length : typedLine + 1)
      .filter(line => /^\s+at .*(file:|\/|[A-Z]:\\)/.test(line) && !isForeign(line))
      .map(line => `    ${line.trim().replace(/\?reload=\d+(?=:)/, '')}`)
  );
}

/** Anything can be thrown, even an object whose `stack` throws. */
function stackOf(error: unknown): string | undefined {
  try {
    const stack: unknown = (error as { stack?: unknown } | null | undefined)?.stack;
    return typeof stack === 'string' ? stack : undefined;
  } catch {
    return undefined;
  }
}

function isForeign(line: string): boolean {
  return /node_modules|node:|prompt:/.test(line) || ownFolders.some(folder => line.includes(folder));
}
