import { availableParallelism } from 'node:os';
import { findDifferences } from '../../transcript/run/compare-databases.ts';
import { readTranscripts, writeTranscript } from '../../transcript/files.ts';
import type { FileOutcome, StepOutcome } from '../../transcript/run/outcome.ts';
import { reportEvent, reportPlan } from '../../transcript/report/events.ts';
import { reportJson } from '../../transcript/report/json.ts';
import { reportJunit } from '../../transcript/report/junit.ts';
import { reportFile, reportSummary } from '../../transcript/report/pretty.ts';
import { exitCodeOf, type FileResult } from '../../transcript/report/result.ts';
import type { DatabaseName, Transcript } from '../../transcript/transcript.ts';
import { updateTranscript } from '../../transcript/update/update.ts';
import { FreshDatabases } from './fresh-databases.ts';
import type { CheckTask } from '../options.ts';
import { PlayerProcess } from './player-process.ts';
import { errorMessage } from '../error-message.ts';

/** What `mikroscope check` is asked to do. */
export interface CheckOptions extends Omit<CheckTask, 'kind' | 'shellAt'> {
  readonly color: boolean;
  /** The arguments that say which project it is about. */
  readonly projectArguments: readonly string[];
}

/** Where a file runs if nobody says anything about it. */
const usual: readonly DatabaseName[] = ['sqlite'];

/**
 * Runs transcripts.
 *
 * @param print takes whole lines of the report
 * @returns the exit code: 0, 1 if a step failed, 2 if something could not run, 130 after Ctrl-C
 */
export async function check(options: CheckOptions, print: (text: string) => void): Promise<number> {
  if (options.update && isCi(process.env)) {
    process.stderr.write(
      '--update does not run under CI: update the files where you can look at them, and commit them.\n',
    );
    return 2;
  }
  const start = performance.now();
  const databases = new FreshDatabases(options.urls);
  const transcripts = await readTranscripts(options.patterns);
  const names = ({ databases: own = usual }: Transcript) =>
    databases.names.length > 0 ? databases.names : own;
  if (options.list) {
    print(reportPlan(transcripts.map(transcript => ({ transcript, databases: names(transcript) }))));
    return 0;
  }
  const run = new Run(options, databases, print);
  const stopped = untilStopped();
  try {
    const results = await Promise.race([
      run.all(transcripts.map(transcript => ({ transcript, names: names(transcript) }))),
      stopped,
    ]);
    if (typeof results === 'number') return results;
    const milliseconds = performance.now() - start;
    if (options.reporter === 'pretty') print(reportSummary(results, milliseconds));
    if (options.reporter === 'json') print(reportJson(results, milliseconds));
    if (options.reporter === 'junit') print(reportJunit(results));
    return exitCodeOf(results);
  } finally {
    run.close();
    await databases.close();
  }
}

/** @returns the exit code when somebody stops the run, or reads no further. Asking again is no reason to hurry. */
function untilStopped(): Promise<number> {
  return new Promise(stop => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(130));
    process.stdout.on('error', () => stop(2));
  });
}

/** Whether nobody looks: every CI says so in a variable. */
function isCi({ CI: value = '' }: Readonly<Record<string, string | undefined>>): boolean {
  return !['', '0', 'false'].includes(value);
}

interface Task {
  readonly transcript: Transcript;
  readonly database: DatabaseName;
  readonly done: (outcome: FileOutcome) => void;
}

/** A run of transcripts on as many processes as there are processors. */
class Run {
  readonly #options: CheckOptions;
  readonly #databases: FreshDatabases;
  readonly #print: (text: string) => void;
  readonly #players: PlayerProcess[] = [];
  #finished = 0;
  #closed = false;

  constructor(options: CheckOptions, databases: FreshDatabases, print: (text: string) => void) {
    this.#options = options;
    this.#databases = databases;
    this.#print = print;
  }

  /** Runs every file on its databases, and reports each as soon as those before it are reported. */
  async all(
    files: readonly { readonly transcript: Transcript; readonly names: readonly DatabaseName[] }[],
  ): Promise<FileResult[]> {
    const tasks: Task[] = [];
    const pending = files.map(async ({ transcript, names }) => {
      const sound =
        transcript.problems.length === 0 && transcript.blocks.some(block => block.steps.length > 0);
      const outcomes = (sound ? names : []).map(database => {
        const { promise, resolve } = Promise.withResolvers<FileOutcome>();
        tasks.push({ transcript, database, done: resolve });
        return promise;
      });
      return this.#finish(transcript, await Promise.all(outcomes));
    });
    const total = tasks.length;
    const width = Math.min(availableParallelism(), total);
    const working = Promise.all(Array.from({ length: width }, () => this.#work(tasks, total)));
    const results: FileResult[] = [];
    for (const result of pending) {
      results.push(await result);
      const text = this.#options.reporter === 'pretty' ? reportFile(await result, this.#options) : '';
      if (text === '' || this.#closed) continue;
      this.#progress('');
      this.#print(`${text}\n`);
    }
    await working;
    this.#progress('');
    return results;
  }

  close(): void {
    this.#closed = true;
    for (const player of this.#players) player.close();
    this.#progress('');
  }

  async #work(tasks: Task[], total: number): Promise<void> {
    const player = new PlayerProcess(this.#options.projectArguments);
    this.#players.push(player);
    for (let task = tasks.shift(); task && !this.#closed; task = tasks.shift()) {
      task.done(await this.#play(player, task));
      this.#progress(`${++this.#finished}/${total}`);
    }
    player.close();
  }

  async #play(player: PlayerProcess, { transcript, database }: Task): Promise<FileOutcome> {
    const { update, timeout, reporter } = this.#options;
    const onStep = (outcome: StepOutcome) => {
      if (reporter === 'events') this.#print(reportEvent(transcript, outcome));
    };
    try {
      const { url, drop } = await this.#databases.create(database);
      const { blocks, clock } = transcript;
      const job = {
        transcript: { blocks, ...(clock !== undefined && { clock }) },
        database,
        url,
        pastErrors: update,
        timeout,
      };
      const outcome = await player.play(job, onStep);
      await drop();
      return outcome;
    } catch (error) {
      return { database, steps: [], error: errorMessage(error), milliseconds: 0 };
    }
  }

  async #finish(transcript: Transcript, outcomes: readonly FileOutcome[]): Promise<FileResult> {
    const result = { transcript, outcomes, differences: findDifferences(transcript, outcomes) };
    if (this.#options.reporter === 'events') this.#print(reportEvent(transcript, result));
    if (!this.#options.update || transcript.problems.length > 0) return result;
    const update = updateTranscript(transcript, outcomes);
    if (update.text !== transcript.text) await writeTranscript(transcript, update.text);
    return { ...result, update };
  }

  #progress(text: string): void {
    if (process.stderr.isTTY && this.#options.reporter === 'pretty')
      process.stderr.write(`\r\u001B[K${text}${text && ' files'}`);
  }
}
