import type { RunEvent } from '../transcript/report/events.ts' with { 'resolution-mode': 'import' };
import type { Plan } from '../transcript/report/plan.ts' with { 'resolution-mode': 'import' };
import type { TestApi, TranscriptOptions } from './transcripts.ts' with { 'resolution-mode': 'import' };

// CommonJS, which jest can load whether or not the project is one of modules.
const { spawn, spawnSync } = require('node:child_process') as typeof import('node:child_process');
const events = require('node:events') as typeof import('node:events');
const path = require('node:path') as typeof import('node:path');
const { createInterface } = require('node:readline') as typeof import('node:readline');

const main = path.join(__dirname, `../main${path.extname(__filename).replace('c', '')}`);

/** Long, as a test waits until its file's turn comes. Each step has its own, shorter limit. */
const testTimeoutMs = 600_000;

/**
 * Defines a test for every step of transcripts. `mikroscope check` runs them, in its own processes, so that the test
 * runner does not interfere.
 *
 * @param patterns paths and globs, relative to the current directory
 * @throws Error if mikroscope cannot be started
 */
exports.defineTranscripts = function defineTranscripts(
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
  const check = new CheckProcess(args);
  for (const { path: file, databases: names, problems, steps } of listTests(args))
    describe(file, () => {
      for (const problem of problems) it(problem, () => Promise.reject(failure(problem, file, 1)));
      for (const database of problems.length > 0 ? [] : names)
        describe(database, () => {
          for (const { line, typed, skip, only } of steps) {
            const name = `line ${line}: ${typed.replace(/\n[^]*/, ' …')}`;
            if (skip !== undefined || only?.includes(database) === false)
              it.skip(name, () => Promise.resolve());
            else it(name, () => check.step(file, database, line), testTimeoutMs);
          }
        });
      if (problems.length === 0 && names.length > 1)
        it(`is the same on ${names.join(', ')}`, () => check.file(file), testTimeoutMs);
    });
  afterAll(() => check.close());
};

function listTests(args: readonly string[]): Plan[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, ...args, '--list'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr.trim());
  return JSON.parse(stdout) as Plan[];
}

/** A process of `mikroscope check`, which starts when the first test runs. */
class CheckProcess {
  readonly #args: readonly string[];
  readonly #waiting = new Map<string, PromiseWithResolvers<RunEvent>>();
  #child: ReturnType<typeof spawn> | undefined;

  constructor(args: readonly string[]) {
    this.#args = args;
  }

  async step(file: string, database: string, line: number): Promise<void> {
    const event = await this.#event(JSON.stringify([file, database, line]));
    if (event.event !== 'step' || event.status === 'passed' || event.status === 'skipped') return;
    const report = event.report || 'Not run, because an earlier step failed.';
    throw failure(report, file, line);
  }

  async file(file: string): Promise<void> {
    const { report } = await this.#event(JSON.stringify([file]));
    if (report !== '') throw failure(report, file, 1);
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    child.kill('SIGINT');
    await events.once(child, 'exit');
  }

  #event(key: string): Promise<RunEvent> {
    if (!this.#child) this.#start();
    return this.#slot(key).promise;
  }

  #slot(key: string): PromiseWithResolvers<RunEvent> {
    let slot = this.#waiting.get(key);
    if (!slot) {
      slot = Promise.withResolvers<RunEvent>();
      // Whoever awaits it gets the error; if no test does, it is not unhandled.
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
    let errorOutput = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errorOutput += text));
    createInterface({ input: child.stdout }).on('line', line => {
      const event = JSON.parse(line) as RunEvent;
      const key = event.event === 'step' ? [event.path, event.database, event.line] : [event.path];
      this.#slot(JSON.stringify(key)).resolve(event);
    });
    child.on('close', () => {
      for (const { reject } of this.#waiting.values())
        reject(new Error(errorOutput.trim() || 'mikroscope check ended before this step.'));
    });
  }
}

/** An error whose stack points into the transcript instead of this code. */
function failure(report: string, file: string, line: number): Error {
  const error = new Error(report);
  error.stack = `Error: ${report}\n    at ${file}:${line}:1`;
  return error;
}
