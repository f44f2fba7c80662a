import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';

const main = new URL('../../repl/main.ts', import.meta.url).pathname;

/** The program at a real terminal, in an empty directory that is its home too. */
export interface Terminal {
  readonly home: string;
  /** Types keys as they are; `\r` is Enter, `\x03` Ctrl-C, `\x04` Ctrl-D. */
  readonly press: (keys: string) => void;
  /** Waits until what came on the screen since the last wait holds the text. @returns that part of the screen */
  readonly shows: (text: string) => Promise<string>;
  readonly exited: Promise<number>;
  readonly close: () => Promise<void>;
}

export async function openTerminal(...args: readonly string[]): Promise<Terminal> {
  return openProgram(process.execPath, [main, ...args]);
}

/** @param cwd the program's home without it */
export async function openProgram(file: string, args: string[] = [], cwd?: string): Promise<Terminal> {
  const home = await mkdtemp(join(tmpdir(), 'mikroscope-'));
  const child = spawn(file, args, {
    cwd: cwd ?? home,
    cols: 120,
    rows: 40,
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      XDG_STATE_HOME: join(home, 'state'),
      TERM: 'xterm-256color',
      NO_COLOR: '1',
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
    press: keys => child.write(keys),
    shows: text =>
      new Promise(resolve => {
        look = () => {
          const since = stripVTControlCharacters(screen.slice(seen));
          if (!since.includes(text)) return;
          seen = screen.length;
          look = () => {};
          resolve(since);
        };
        look();
      }),
    async close() {
      child.kill();
      await exited;
      await rm(home, { recursive: true });
    },
  };
}
