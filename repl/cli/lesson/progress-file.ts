import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Lesson } from '../../lesson/lesson.ts';
import type { Progress } from '../../lesson/progress.ts';
import { historyPath } from '../../terminal/history.ts';
import { isOwn } from './find-lessons.ts';

/** Where the progress of a person in a lesson is kept: beside the history. */
export function progressPath(
  { transcript }: Lesson,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const { path } = transcript;
  const name = basename(path, '.md');
  const place = createHash('sha256').update(resolve(path)).digest('hex').slice(0, 12);
  const file = isOwn(path) ? `${name}.json` : `${name}-${place}.json`;
  return join(dirname(historyPath(environment)), 'lessons', file);
}

/** @returns undefined if there is none, or what is there cannot be read */
export function readProgress(path: string): Progress | undefined {
  try {
    const { hash, at, done } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    if (typeof hash !== 'string' || (at !== undefined && typeof at !== 'string') || !isDone(done))
      return undefined;
    return { hash, at, done };
  } catch {
    return undefined;
  }
}

/**
 * Keeps progress at once and as a whole: when the program is killed, the file is as it was before or after.
 *
 * @throws Error if it cannot be written
 */
export function writeProgress(path: string, progress: Progress): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.${process.pid}~`;
  writeFileSync(aside, `${JSON.stringify(progress)}\n`, { mode: 0o600 });
  renameSync(aside, path);
}

function isDone(done: unknown): done is Progress['done'] {
  if (typeof done !== 'object' || done === null) return false;
  return Object.values(done).every(
    (typed: unknown) => Array.isArray(typed) && typed.every(each => typeof each === 'string'),
  );
}
