import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
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
 * The statements of earlier sessions and of other shells, in a file that only its owner can read. Where it cannot be read or written, the
 * shell works without.
 */
export class History {
  readonly #path: string;
  readonly #onError: (error: unknown) => void;
  /** The file, and how much of it has been read. */
  #read = { ino: 0, size: 0 };

  /** @param onError told why the file cannot be read or written */
  constructor(path: string, onError: (error: unknown) => void) {
    this.#path = path;
    this.#onError = onError;
  }

  /** @returns the statements, oldest first; one that took several lines is one entry */
  async load(): Promise<string[]> {
    try {
      await makeDirectory(dirname(this.#path));
      if (!existsSync(this.#path)) return [];
      await chmod(this.#path, 0o600);
      const entries = this.takeNew();
      if (entries.length > maxEntries) this.#shorten();
      return entries.slice(-maxEntries);
    } catch (error) {
      this.#onError(error);
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

  /** @returns what this shell and others have added since the last time; nothing where the file cannot be read */
  takeNew(): string[] {
    try {
      const { ino, size } = statSync(this.#path);
      const isSame = ino === this.#read.ino && size >= this.#read.size;
      if (isSame && size === this.#read.size) return [];
      const added = readFileSync(this.#path).subarray(isSame ? this.#read.size : 0);
      const whole = added.lastIndexOf('\n') + 1;
      this.#read = { ino, size: (isSame ? this.#read.size : 0) + whole };
      return added.toString('utf8', 0, whole).split('\n').filter(Boolean).map(decode);
    } catch {
      return [];
    }
  }

  /** Half a file, should this be the moment when the program is killed, would be all that is left. */
  #shorten(): void {
    const text = readFileSync(this.#path, 'utf8');
    const lines = text.split('\n').filter(Boolean);
    const kept = [...new Set(lines.toReversed())].slice(0, maxEntries).toReversed();
    const copy = `${this.#path}.${process.pid}~`;
    writeFileSync(copy, kept.map(line => `${line}\n`).join(''), { mode: 0o600 });
    // What another shell has added meanwhile would be lost.
    if (statSync(this.#path).size !== Buffer.byteLength(text)) return rmSync(copy);
    renameSync(copy, this.#path);
    const { ino, size } = statSync(this.#path);
    this.#read = { ino, size };
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
