import { closeSync, openSync, renameSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { MikroscopeError } from '../../src/index.ts';
import { noteWorkedAround } from './note-worked-around.ts';

/** The file that a user means by a name. */
export function transcriptName(name: string): string {
  return name.endsWith('.md') ? name : `${name}.repl.md`;
}

/**
 * Tries to make a file, so that nothing is recorded in vain.
 *
 * @param path how the user named it
 * @throws MikroscopeError `BadArgument` if it exists, or cannot be made
 */
export function assertCreatable(path: string, file: string): void {
  try {
    closeSync(openSync(file, 'wx'));
    unlinkSync(file);
  } catch (error) {
    throw new MikroscopeError('BadArgument', reasonOf(error, path), 'Choose another name.', { cause: error });
  }
}

/** Replaces a file as a whole, so that it is never half written. The end of the recording reports what fails here. */
export function replaceFile(file: string, text: string): void {
  try {
    writeFileSync(`${file}~`, text);
    renameSync(`${file}~`, file);
  } catch (error) {
    rmSync(`${file}~`, { force: true });
    noteWorkedAround(error);
  }
}

function reasonOf(error: unknown, path: string): string {
  const { code, message } = error as { code?: string; message: string };
  switch (code) {
    case 'EEXIST':
      return `${path} already exists`;
    case 'ENOENT':
    case 'ENOTDIR':
      // Some file systems, as that of /proc, have no room for a file in a directory that is there.
      return statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() === true
        ? `${path} cannot be written`
        : `There is no directory ${dirname(path)}`;
    default:
      return `${path} cannot be written (${message})`;
  }
}
