import { appendFileSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir, platform } from 'node:os';
import { dirname, join } from 'node:path';

/** How many lines are kept. */
const most = 2000;

/** Where the history is kept, by the conventions of the system: XDG_STATE_HOME, or LOCALAPPDATA on Windows. */
export function historyPath(environment: Readonly<Record<string, string | undefined>>): string {
  const state =
    platform() === 'win32'
      ? (environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'))
      : environment['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
  return join(state, 'mikroscope', 'history');
}

/**
 * The lines typed in earlier sessions, in a file that only its owner can read. A history that cannot be read or
 * written is none; the shell works without.
 */
export class History {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** @returns the statements of earlier sessions, oldest first; one that took several lines is one entry */
  async load(): Promise<string[]> {
    try {
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
      const entries = (await readFile(this.#path, 'utf8')).split('\n').filter(Boolean).map(decode);
      await chmod(this.#path, 0o600);
      if (entries.length <= most) return entries;
      const kept = entries.slice(-most);
      await writeFile(this.#path, kept.map(encode).join(''), { mode: 0o600 });
      return kept;
    } catch {
      return [];
    }
  }

  /** At once, so that nothing is missing however the program ends. */
  add(statement: string): void {
    if (holdsSecret(statement)) return;
    try {
      appendFileSync(this.#path, encode(statement), { mode: 0o600 });
    } catch {
      // There is no history to keep.
    }
  }
}

/** A statement that spells out a password, or a URL with one, is not kept. */
function holdsSecret(statement: string): boolean {
  return (
    /(passw|secret|token|api_?key|credential)\w*['"\]]?\s*[:=]/i.test(statement) ||
    /\w:\/\/[^\s/]*:[^\s/]*@/.test(statement)
  );
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
