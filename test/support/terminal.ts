import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';

/** How long the program may take to show something: a start takes a second, and many on a machine that is busy. */
const showTimeoutMs = 60_000;

const main = new URL('../../repl/main.ts', import.meta.url).pathname;

/** The program at a real terminal, in an empty directory that is its home too. */
export interface Terminal {
  readonly home: string;
  /** Types keys as they are; `\r` is Enter, `\x03` Ctrl-C, `\x04` Ctrl-D. */
  readonly press: (keys: string) => void;
  /**
   * Waits until the screen shows a text, after the one that was waited for last.
   *
   * @returns the screen between the two, this text included
   * @throws Error with the rest of the screen, where the text does not come
   */
  readonly shows: (text: string) => Promise<string>;
  /** Everything that was written to the screen so far, codes included. */
  readonly written: () => string;
  readonly resize: (columns: number, rows: number) => void;
  readonly exited: Promise<number>;
  readonly signal: (name: 'SIGTERM' | 'SIGHUP' | 'SIGCONT') => void;
  /** Ends the program as `kill -9` does; its home stays. */
  readonly kill: () => Promise<number>;
  readonly close: () => Promise<void>;
}

export async function openTerminal(...args: readonly string[]): Promise<Terminal> {
  return openProgram(process.execPath, [main, ...args]);
}

/** How a terminal differs from one of 120 columns and 40 rows without colors. */
export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Opens the program at a terminal of another kind. */
export async function openTerminalOf(
  options: TerminalOptions,
  ...args: readonly string[]
): Promise<Terminal> {
  return openProgram(process.execPath, [main, ...args], undefined, options);
}

/** @param cwd the program's home without it */
export async function openProgram(
  file: string,
  args: string[] = [],
  cwd?: string,
  { columns = 120, rows = 40, env = { NO_COLOR: '1' } }: TerminalOptions = {},
): Promise<Terminal> {
  const home = await mkdtemp(join(tmpdir(), 'mikroscope-'));
  const child = spawn(file, args, {
    cwd: cwd ?? home,
    cols: columns,
    rows,
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      XDG_STATE_HOME: join(home, 'state'),
      TERM: 'xterm-256color',
      ...env,
    },
  });
  let screen = '';
  let seen = 0;
  let look = () => {};
  child.onData(data => {
    screen += data;
    look();
  });
  const exited = new Promise<number>(resolve => child.onExit(({ exitCode }) => resolve(exitCode)));
  return {
    home,
    exited,
    signal: name => child.kill(name),
    press: keys => child.write(keys),
    written: () => screen,
    resize: (width, height) => child.resize(width, height),
    shows: text =>
      new Promise((resolve, reject) => {
        const unseen = () => stripVTControlCharacters(screen).slice(seen);
        const timer = setTimeout(
          () => reject(new Error(`The terminal does not show ${JSON.stringify(text)} but:\n${unseen()}`)),
          showTimeoutMs,
        );
        look = () => {
          const shown = unseen();
          const start = shown.indexOf(text);
          if (start < 0) return;
          const end = start + text.length;
          seen += end;
          look = () => {};
          clearTimeout(timer);
          resolve(shown.slice(0, end));
        };
        look();
      }),
    kill() {
      child.kill('SIGKILL');
      return exited;
    },
    async close() {
      child.kill();
      await exited;
      await rm(home, { recursive: true });
    },
  };
}
