import { spawn } from 'node:child_process';

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
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Options for Node.js itself. */
  readonly node?: readonly string[];
  /** The installed program, instead of the source. */
  readonly program?: string;
}

/** Runs the program as a process of its own, away from a terminal. */
export function run({
  args = [],
  input = '',
  cwd,
  env = {},
  node = [],
  program = main,
}: RunOptions): Promise<Run> {
  const child = spawn(process.execPath, [...node, program, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => (output[stream] += text));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve({ code, ...output }));
  });
}
