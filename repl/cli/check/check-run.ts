import { availableParallelism } from 'node:os';
import { findDifferences } from '../../transcript/compare/find-differences.ts';
import { writeWhole } from '../../transcript/parse/files.ts';
import type { FileOutcome } from '../../transcript/outcome.ts';
import type { FileResult } from '../../transcript/report/file-result.ts';
import type { Reporter } from '../../transcript/report/reporter.ts';
import { fileTimeoutOf } from '../../transcript/timeouts.ts';
import type { DatabaseName, Transcript } from '../../transcript/transcript.ts';
import { updateTranscript } from '../../transcript/update/update-transcript.ts';
import type { CheckTask } from '../options.ts';
import type { FreshDatabases } from './fresh-databases.ts';
import { playOnFreshDatabase } from './play-on-fresh-database.ts';
import { PlayerProcess } from './player-process.ts';

/** What `mikroscope check` is asked to do. */
export interface CheckOptions extends Omit<CheckTask, 'kind' | 'shellAt'> {
  readonly color: boolean;
  /** Whether errors tell their whole stacks and causes. */
  readonly debug: boolean;
  readonly inProject: boolean;
  /** The arguments that select the project. */
  readonly projectArguments: readonly string[];
}

/** A file to run on one database. */
interface Task {
  readonly transcript: Transcript;
  readonly database: DatabaseName;
  readonly done: (outcome: FileOutcome) => void;
}

/** A file and the databases to run it on. */
interface CheckedFile {
  readonly transcript: Transcript;
  readonly databases: readonly DatabaseName[];
}

/** Runs transcripts in as many processes as there are processors. */
export class CheckRun {
  readonly #options: CheckOptions;
  readonly #reporter: Reporter;
  readonly #databases: FreshDatabases;
  readonly #print: (text: string) => void;
  readonly #players: PlayerProcess[];
  #finished = 0;
  #closed = false;

  constructor(
    options: CheckOptions,
    reporter: Reporter,
    databases: FreshDatabases,
    print: (text: string) => void,
    firstPlayer: PlayerProcess,
  ) {
    this.#players = [firstPlayer];
    this.#options = options;
    this.#reporter = reporter;
    this.#databases = databases;
    this.#print = print;
  }

  /** Runs every file on its databases, and reports each as soon as those before it are reported. */
  async all(files: readonly CheckedFile[]): Promise<FileResult[]> {
    const tasks: Task[] = [];
    const running = files.map(file => this.#runFile(file, tasks));
    const total = tasks.length;
    const processes = Math.min(availableParallelism(), total);
    const working = Promise.all(
      Array.from({ length: processes }, (_, index) => this.#work(tasks, total, index)),
    );
    const results: FileResult[] = [];
    for (const pending of running) {
      const result = await pending;
      results.push(result);
      this.#report(this.#reporter.fileEnded?.(result, this.#options));
    }
    await working;
    this.#showProgress('');
    return results;
  }

  close(): void {
    this.#closed = true;
    for (const player of this.#players) player.close();
    this.#showProgress('');
  }

  /** Adds a task for each database of a file, and waits until they are done. */
  async #runFile({ transcript, databases }: CheckedFile, tasks: Task[]): Promise<FileResult> {
    const canRun =
      transcript.problems.length === 0 && transcript.blocks.some(block => block.steps.length > 0);
    const outcomes = await Promise.all(
      (canRun ? databases : []).map(database => {
        const { promise, resolve } = Promise.withResolvers<FileOutcome>();
        tasks.push({ transcript, database, done: resolve });
        return promise;
      }),
    );
    const result = { transcript, outcomes, differences: findDifferences(transcript, outcomes) };
    if (!this.#options.update || transcript.problems.length > 0) return result;
    const update = updateTranscript(transcript, outcomes);
    try {
      if (update.text !== transcript.text) await writeWhole(transcript.path, update.text);
    } catch (error) {
      const message = `Cannot write this file: ${(error as Error).message}. It is as it was.`;
      return { ...result, transcript: { ...transcript, problems: [{ line: 1, message }] } };
    }
    return { ...result, update };
  }

  async #work(tasks: Task[], total: number, index: number): Promise<void> {
    const player = (this.#players[index] ??= new PlayerProcess(this.#options.projectArguments));
    for (let task = tasks.shift(); task && !this.#closed; task = tasks.shift()) {
      const played = this.#play(player, task);
      if (tasks[0]) this.#databases.prepare(tasks[0].database);
      task.done(await played);
      this.#showProgress(`${++this.#finished}/${total} files`);
    }
    player.close();
  }

  #play(player: PlayerProcess, { transcript, database }: Task): Promise<FileOutcome> {
    const { update, timeoutMs, fileTimeoutMs, debug } = this.#options;
    const { blocks, clock } = transcript;
    const job = {
      transcript: { blocks, ...(clock !== undefined && { clock }) },
      database,
      pastErrors: update,
      timeoutMs,
      fileTimeoutMs: fileTimeoutOf(transcript, fileTimeoutMs),
      debug,
    };
    return playOnFreshDatabase(job, player, this.#databases, outcome =>
      this.#report(this.#reporter.stepEnded?.(transcript, outcome)),
    );
  }

  #report(text: string | undefined): void {
    if (text === undefined || this.#closed) return;
    this.#showProgress('');
    this.#print(text);
  }

  /** Replaces the line of progress at a terminal. */
  #showProgress(text: string): void {
    if (process.stderr.isTTY && this.#reporter.showsProgress) process.stderr.write(`\r\u001B[K${text}`);
  }
}
