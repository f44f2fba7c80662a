import { appendFileSync, existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { holdsSecret } from '../secrets.ts';

/** How many statements are kept. */
const maxEntries = 2000;

/** Where the history is kept, by the conventions of the system: XDG_STATE_HOME, or LOCALAPPDATA on Windows. */
export function historyPath(environment: Readonly<Record<string, string | undefined>>): string {
  const state =
    platform() === 'win32'
      ? (environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'))
      : environment['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
  return join(state, 'mikroscope', 'history');
}

/**
 * The statements of earlier sessions, in a file that only its owner can read. Where it cannot be read or written, the
 * shell works without.
 */
export class History {
  readonly #path: string;
  readonly #onError: (error: unknown) => void;

  /** @param onError told why the file cannot be read or written */
  constructor(path: string, onError: (error: unknown) => void) {
    this.#path = path;
    this.#onError = onError;
  }

  /** @returns the statements, oldest first; one that took several lines is one entry */
  async load(): Promise<string[]> {
    try {
      await makeDirectory(dirname(this.#path));
      const entries = (await readFile(this.#path, 'utf8')).split('\n').filter(Boolean).map(decode);
      await chmod(this.#path, 0o600);
      if (entries.length <= maxEntries) return entries;
      const kept = entries.slice(-maxEntries);
      // Half a file, should this be the moment when the program is killed, would be all that is left.
      await writeFile(`${this.#path}~`, kept.map(encode).join(''), { mode: 0o600 });
      await rename(`${this.#path}~`, this.#path);
      return kept;
    } catch (error) {
      // There is no file before the first statement of the first session.
      if ((error as { code?: unknown }).code !== 'ENOENT') this.#onError(error);
      return [];
    }
  }

  /** Keeps a statement at once, so that nothing is missing however the program ends. */
  add(statement: string): void {
    if (holdsSecret(statement)) return;
    try {
      appendFileSync(this.#path, encode(statement), { mode: 0o600 });
    } catch (error) {
      this.#onError(error);
    }
  }
}

/** Makes a directory and those above it. Node's own `recursive` never ends where the file system takes none, as in /proc. */
async function makeDirectory(path: string): Promise<void> {
  if (existsSync(path)) return;
  await makeDirectory(dirname(path));
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    // Another shell that starts now makes it, too.
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
  }
}

function encode(statement: string): string {
  return `${JSON.stringify(statement).slice(1, -1)}\n`;
}

function decode(line: string): string {
  try {
    return JSON.parse(`"${line}"`) as string;
  } catch {
    return line;
  }
}
