import { fileURLToPath } from 'node:url';

/**
 * The part of an error's stack that a person at the prompt can do something about: the places in their own files,
 * between the typed line and the throw. Frames of this program, of libraries and of Node.js are left out.
 */
export function ownFrames(error: unknown): string[] {
  const stack: unknown = Object(error) === error ? (error as { stack?: unknown }).stack : undefined;
  if (typeof stack !== 'string') return [];
  const lines = stack.split('\n');
  const typed = lines.findLastIndex(line => line.includes('prompt:'));
  return (
    lines
      // Where a library calls back, the typed line is no longer in the stack.
      .slice(0, typed === -1 ? lines.length : typed + 1)
      .filter(line => /^\s+at .*(file:|\/|[A-Z]:\\)/.test(line) && !isForeign(line))
      .map(line => `    ${line.trim().replace(/\?reload=\d+(?=:)/, '')}`)
  );
}

function isForeign(line: string): boolean {
  return /node_modules|node:|prompt:/.test(line) || own.some(folder => line.includes(folder));
}

const own = ['..', '../../src/'].map(folder => fileURLToPath(new URL(folder, import.meta.url)));
