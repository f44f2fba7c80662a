import type { RunEvent } from '../transcript/report/events.ts' with { 'resolution-mode': 'import' };
import type { Plan } from '../transcript/report/plan.ts' with { 'resolution-mode': 'import' };
import type { Skip, TestApi, TranscriptOptions } from './transcripts.ts' with { 'resolution-mode': 'import' };

// CommonJS, which jest can load whether or not the project is one of modules.
const { spawn, spawnSync } = require('node:child_process') as typeof import('node:child_process');
const events = require('node:events') as typeof import('node:events');
const path = require('node:path') as typeof import('node:path');
const { createInterface } = require('node:readline') as typeof import('node:readline');

const main = path.join(__dirname, `../main${path.extname(__filename).replace('c', '')}`);

/** What a file may need beside its own time: for a database, and to open the project. */
const besideMs = 200_000;

/** A timer that is set for longer ends at once. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Defines a test for every step of transcripts. `mikroscope check` runs them, in its own processes, so that the test
 * runner does not interfere.
 *
 * @param patterns paths and globs, relative to the current directory
 * @throws Error if mikroscope cannot be started
 */
exports.defineTranscripts = function defineTranscripts(
  { describe, it, skipped, afterAll }: TestApi,
  patterns: string | readonly string[],
  { databases = [], config, context, timeout, fileTimeout }: TranscriptOptions = {},
): void {
  const args = [
    'check',
    ...databases.flatMap(url => ['--db', url]),
    ...(config === undefined ? [] : ['--config', config]),
    ...(context === undefined ? [] : ['--context', context]),
    ...(timeout === undefined ? [] : ['--timeout', String(timeout)]),
    ...(fileTimeout === undefined ? [] : ['--file-timeout', String(fileTimeout)]),
    ...[patterns].flat(),
  ];
  const check = new CheckProcess(args);
  const plans = listTests(args);
  // A test waits until its file's turn comes, and mikroscope check ends each in time.
  const times = plans.map(({ databases: names, timeoutMs }) => names.length * (timeoutMs + besideMs));
  const testTimeoutMs = Math.min(
    times.reduce((sum, time) => sum + time, 0),
    longestTimerMs,
  );
  for (const { path: file, databases: names, problems, steps } of plans)
    describe(file, () => {
      for (const problem of problems) it(problem, () => Promise.reject(failure(problem, file, 1)));
      for (const database of problems.length > 0 ? [] : names)
        describe(database, () => {
          for (const { line, typed, skip: reason, only } of steps) {
            const name = `line ${line}: ${typed.replace(/\n[^]*/, ' …')}`;
            if (reason !== undefined || only?.includes(database) === false) skipped(name);
            else it(name, skip => check.step(file, database, line, skip), testTimeoutMs);
          }
        });
      if (problems.length === 0 && names.length > 1)
        it(`is the same on ${names.join(', ')}`, () => check.file(file), testTimeoutMs);
    });
  afterAll(() => check.close());
};

function listTests(args: readonly string[]): Plan[] {
  const { stdout, stderr, status, error } = spawnSync(process.execPath, [main, ...args, '--list'], {
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(stderr.trim());
  return JSON.parse(stdout) as Plan[];
}

/** A process of `mikroscope check`, which starts when the first test runs. */
class CheckProcess {
  readonly #args: readonly string[];
  /** What is said of each file and step, by its key. */
  readonly #slots = new Map<string, Slot>();
  /** What was said of the files that have ended. */
  readonly #files = new Map<string, RunEvent>();
  #child: ReturnType<typeof spawn> | undefined;
  /** Why nothing more will be said. */
  #end: string | undefined;

  constructor(args: readonly string[]) {
    this.#args = args;
  }

  async step(file: string, database: string, line: number, skip: Skip): Promise<void> {
    const event = await this.#event([file, database, line]);
    if (event.event !== 'step') throw failure(event.report || 'It did not run.', file, line);
    switch (event.status) {
      case 'failed':
        throw failure(event.report, file, line);
      case 'skipped':
        return skip('skipped');
      case 'not run':
        return skip('not run, because an earlier step failed');
      case 'passed':
    }
  }

  async file(file: string): Promise<void> {
    const { report } = await this.#event([file]);
    if (report !== '') throw failure(report, file, 1);
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (!child || this.#end !== undefined) return;
    child.kill('SIGINT');
    await events.once(child, 'close');
  }

  #event(key: Key): Promise<RunEvent> {
    if (!this.#child) this.#start();
    const slot = this.#slot(key);
    const [file] = key;
    const event = this.#files.get(file);
    // A step that nothing was said of did not run, and its file says why.
    if (event !== undefined) slot.resolve(event);
    if (this.#end !== undefined) slot.reject(new Error(this.#end));
    return slot.promise;
  }

  #slot(key: Key): Slot {
    const text = JSON.stringify(key);
    let slot = this.#slots.get(text);
    if (!slot) {
      slot = { key, ...Promise.withResolvers<RunEvent>() };
      // If no test awaits it, its rejection is not an error of anyone's.
      slot.promise.catch(() => undefined);
      this.#slots.set(text, slot);
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
    createInterface({ input: child.stdout }).on('line', line => this.#take(JSON.parse(line) as RunEvent));
    const end = (why: string) => {
      this.#end ??= why;
      for (const { reject } of this.#slots.values()) reject(new Error(this.#end));
    };
    child.on('error', error => end(`mikroscope check could not be started: ${error.message}`));
    child.on('close', () => end(errorOutput.trim() || 'mikroscope check ended before this step.'));
  }

  #take(event: RunEvent): void {
    const { path: file } = event;
    if (event.event === 'step') return this.#slot([file, event.database, event.line]).resolve(event);
    this.#files.set(file, event);
    for (const { key, resolve } of this.#slots.values()) if (key[0] === file) resolve(event);
  }
}

interface Slot extends PromiseWithResolvers<RunEvent> {
  readonly key: Key;
}

type Key = readonly [file: string] | readonly [file: string, database: string, line: number];

/** An error whose stack points into the transcript instead of this code. */
function failure(report: string, file: string, line: number): Error {
  const error = new Error(report);
  error.stack = `Error: ${report}\n    at ${file}:${line}:1`;
  return error;
}
