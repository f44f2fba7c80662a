import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

const main = new URL('../../repl/main.ts', import.meta.url).pathname;

/** What a run of the program came to. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and with what the program runs. */
export interface RunOptions {
  readonly args?: readonly string[];
  readonly input?: string | Buffer;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Options for Node.js itself. */
  readonly node?: readonly string[];
  /** The installed program, instead of the source. */
  readonly program?: string;
}

/** Starts the program as a process of its own, away from a terminal. Its output waits until it is read. */
export function start({
  args = [],
  input = '',
  cwd,
  env = {},
  node = [],
  program = main,
}: RunOptions): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [...node, program, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
  });
  child.stdin.end(input);
  return child;
}

/** Runs the program to its end. */
export function run(options: RunOptions): Promise<Run> {
  const child = start(options);
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => (output[stream] += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve({ code, ...output }));
  });
}
