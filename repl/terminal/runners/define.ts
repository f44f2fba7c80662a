import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Plan, RunEvent } from '../../transcript/report/events.ts';

/** What a test runner has to offer. */
export interface TestApi {
  readonly describe: (name: string, define: () => void) => unknown;
  readonly it: ((name: string, test: () => Promise<void>, timeout?: number) => unknown) & {
    readonly skip: (name: string, test: () => Promise<void>) => unknown;
  };
  readonly afterAll: (end: () => Promise<void>) => unknown;
}

/** How transcripts run as tests. */
export interface TranscriptOptions {
  /** URLs as for `mikroscope check --db`, in place of the databases that the files name. */
  readonly databases?: readonly string[];
  /** The project's `mikro-orm.config`, if it is not where MikroORM looks for it. */
  readonly config?: string;
  /** MikroORM's contextName. */
  readonly context?: string;
  /** How long a step may take, in seconds; 30 by default. */
  readonly timeout?: number;
}

const main = fileURLToPath(new URL(`../../main${extname(import.meta.url)}`, import.meta.url));

/** A test waits for its file to get its turn; each step has its own limit. */
const patience = 600_000;

/**
 * Makes a test of every step of transcripts. They run as `mikroscope check` runs them, in processes of their own, so
 * that nothing of the test runner is in their way.
 *
 * @param patterns paths and globs, from the current directory
 * @throws Error when mikroscope cannot be started
 */
export function defineTranscripts(
  { describe, it, afterAll }: TestApi,
  patterns: string | readonly string[],
  { databases = [], config, context, timeout }: TranscriptOptions = {},
): void {
  const args = [
    'check',
    ...databases.flatMap(url => ['--db', url]),
    ...(config === undefined ? [] : ['--config', config]),
    ...(context === undefined ? [] : ['--context', context]),
    ...(timeout === undefined ? [] : ['--timeout', String(timeout)]),
    ...[patterns].flat(),
  ];
  const run = new Run(args);
  for (const { path, databases: names, problems, steps } of listTests(args))
    describe(path, () => {
      for (const problem of problems) it(problem, () => Promise.reject(failure(problem, path, 1)));
      for (const database of problems.length > 0 ? [] : names)
        describe(database, () => {
          for (const { line, typed, skip, only } of steps) {
            const name = `line ${line}: ${typed}`;
            if (skip !== undefined || only?.includes(database) === false)
              it.skip(name, () => Promise.resolve());
            else it(name, () => run.step(path, database, line), patience);
          }
        });
      if (problems.length === 0 && names.length > 1)
        it(`is the same on ${names.join(', ')}`, () => run.file(path), patience);
    });
  afterAll(() => run.close());
}

function listTests(args: readonly string[]): Plan[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, ...args, '--list'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr.trim());
  return JSON.parse(stdout) as Plan[];
}

/** One run of `mikroscope check`, begun by the first test that asks. */
class Run {
  readonly #args: readonly string[];
  readonly #waiting = new Map<string, PromiseWithResolvers<RunEvent>>();
  #child: ReturnType<typeof spawn> | undefined;

  constructor(args: readonly string[]) {
    this.#args = args;
  }

  async step(path: string, database: string, line: number): Promise<void> {
    const event = await this.#event(JSON.stringify([path, database, line]));
    if (event.event !== 'step' || event.status === 'passed' || event.status === 'skipped') return;
    const report = event.report || 'Not run, as an earlier step failed.';
    throw failure(report, path, line);
  }

  async file(path: string): Promise<void> {
    const { report } = await this.#event(JSON.stringify([path]));
    if (report !== '') throw failure(report, path, 1);
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    child.kill('SIGINT');
    await once(child, 'exit');
  }

  #event(key: string): Promise<RunEvent> {
    if (!this.#child) this.#start();
    return this.#slot(key).promise;
  }

  #slot(key: string): PromiseWithResolvers<RunEvent> {
    let slot = this.#waiting.get(key);
    if (!slot) {
      slot = Promise.withResolvers<RunEvent>();
      // Who asks hears of it; nobody may have asked.
      slot.promise.catch(() => undefined);
      this.#waiting.set(key, slot);
    }
    return slot;
  }

  #start(): void {
    const child = spawn(process.execPath, [main, ...this.#args, '--reporter', 'events'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    createInterface({ input: child.stdout }).on('line', line => {
      const event = JSON.parse(line) as RunEvent;
      const key = event.event === 'step' ? [event.path, event.database, event.line] : [event.path];
      this.#slot(JSON.stringify(key)).resolve(event);
    });
    child.on('close', () => {
      for (const { reject } of this.#waiting.values())
        reject(new Error(complaint.trim() || 'mikroscope check ended before this step.'));
    });
  }
}

/** An error that points into the transcript, and not at the code here. */
function failure(report: string, path: string, line: number): Error {
  const error = new Error(report);
  error.stack = `Error: ${report}\n    at ${path}:${line}:1`;
  return error;
}
