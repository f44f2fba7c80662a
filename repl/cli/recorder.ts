import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { MikroscopeError } from '../../src/index.ts';
import { text } from '../answer/show-as.ts';
import type { Command } from '../commands/command.ts';
import type { Shell } from '../shell.ts';
import { writeWhole } from '../transcript/parse/files.ts';
import { finishRecording, type Recorded } from '../transcript/record/finish-recording.ts';
import type { RecordedStep } from '../transcript/record/mask-secrets.ts';
import type { Recording } from '../transcript/record/recording.ts';
import { writeDraft } from '../transcript/record/write-draft.ts';
import { fileTimeoutOf } from '../transcript/timeouts.ts';
import { printedLines } from '../transcript/run/printed-lines.ts';
import { teeOutput } from './captured-output.ts';
import { FreshDatabases } from './check/fresh-databases.ts';
import { playOnFreshDatabase } from './check/play-on-fresh-database.ts';
import { PlayerProcess } from './check/player-process.ts';
import { errorMessage } from './error-message.ts';
import { isRecorded } from './is-recorded.ts';
import { assertCreatable, replaceFile, transcriptName } from './recording-file.ts';
import { recordingOf, type TypedSession } from './recording-of.ts';

/** The time of a replay: far from now, so that whatever depends on the time comes out differently. */
const replayClock = '2001-02-03T04:05:06.789Z';

/** The recording that is under way. */
interface LiveRecording extends TypedSession {
  readonly steps: RecordedStep[];
  readonly secrets: Set<string>;
  readonly stop: () => void;
}

/** The command `.record`: saves a live session as a transcript. */
export class Recorder {
  readonly #projectArguments: readonly string[];
  readonly #folder: string;
  #live: LiveRecording | undefined;

  /**
   * @param projectArguments the arguments of the program that select the project
   * @param folder the folder to which file names are relative
   */
  constructor(projectArguments: readonly string[], folder: string) {
    this.#projectArguments = projectArguments;
    this.#folder = folder;
  }

  /** The command `.record` of a shell. */
  command(shell: () => Shell): Command {
    return {
      name: 'record',
      form: 'dotted',
      group: 'Shell',
      summary: 'Record the session as a transcript for mikroscope check; .record off saves it.',
      usage: '.record walk.repl.md',
      argument: 'file',
      example: ['> .record walk.repl.md', 'Recording to walk.repl.md; .record off saves it.'],
      run: async ([argument]) => text(await this.#run(argument, shell())),
    };
  }

  /**
   * Begins a recording. Each step is in the file as soon as it is answered, whatever becomes of the process.
   *
   * @param name the file; by default the first of `session.repl.md`, `session-2.repl.md`, … that does not exist
   * @returns what to tell the user
   * @throws MikroscopeError `BadArgument` if the file exists, or cannot be written
   */
  begin(name: string | undefined, shell: Shell): string {
    const path = this.#pathFor(name);
    const file = resolve(this.#folder, path);
    assertCreatable(path, file);
    const steps: RecordedStep[] = [];
    const secrets = new Set<string>();
    const tee = teeOutput();
    const unobserve = shell.observe({
      begins: () => void tee.take(),
      answered: (typed, answer) => {
        for (const value of shell.session.hidden.values) secrets.add(value);
        const printed = tee.take();
        if (!isRecorded(shell.read(typed), answer)) return;
        steps.push({ typed, output: printedLines(answer, printed).output });
        replaceFile(file, writeDraft(recordingOf(live, shell)));
      },
    });
    const stop = () => {
      unobserve();
      tee.release();
    };
    const live = { path, steps, secrets, startedAt: Date.now(), stop };
    this.#live = live;
    return `Recording to ${path}; .record off saves it.`;
  }

  /**
   * Saves the recording, if there is one.
   *
   * @returns what to tell the user; undefined if nothing was being recorded
   * @throws MikroscopeError `InvalidState` if it cannot be saved
   */
  async finish(shell: Shell): Promise<string | undefined> {
    const live = this.#live;
    if (!live) return undefined;
    live.stop();
    this.#live = undefined;
    const { path, steps } = live;
    if (steps.length === 0) return `Nothing was typed, so ${path} was not written.`;
    try {
      const { text: transcript, differences } = await this.#replay(recordingOf(live, shell));
      await writeWhole(resolve(this.#folder, path), transcript);
      const count = `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`;
      const verdict = differences.length === 0 ? 'it passes.' : 'it does not pass:';
      return [`Saved ${count} in ${path}. Replayed on a fresh database, ${verdict}`, ...differences].join(
        '\n',
      );
    } catch (error) {
      const [why = '', ...hint] = errorMessage(error).split('\n');
      throw new MikroscopeError('InvalidState', `${path} could not be saved: ${why}`, hint.join('\n'), {
        cause: error,
      });
    }
  }

  async #run(argument: unknown, shell: Shell): Promise<string> {
    if (argument === 'off') {
      const saved = await this.finish(shell);
      if (saved === undefined)
        throw new MikroscopeError('InvalidState', 'Nothing is being recorded', '.record FILE begins.');
      return saved;
    }
    if (this.#live)
      throw new MikroscopeError(
        'InvalidState',
        `${this.#live.path} is being recorded`,
        '.record off saves it.',
      );
    if (typeof argument !== 'string')
      throw new MikroscopeError(
        'BadArgument',
        '.record takes a file, or off',
        'Write .record FILE to begin, and .record off to save it.',
      );
    return this.begin(argument, shell);
  }

  async #replay(recording: Recording): Promise<Recorded> {
    const { database } = recording;
    const databases = new FreshDatabases([]);
    const player = new PlayerProcess(this.#projectArguments);
    try {
      return await finishRecording(recording, ({ blocks }) => {
        const transcript = { blocks, clock: replayClock };
        const fileTimeoutMs = fileTimeoutOf({ blocks });
        const job = {
          transcript,
          database,
          pastErrors: true,
          timeoutMs: undefined,
          fileTimeoutMs,
          debug: false,
        };
        return playOnFreshDatabase(job, player, databases);
      });
    } finally {
      player.close();
      await databases.close();
    }
  }

  #pathFor(name: string | undefined): string {
    if (name !== undefined) return transcriptName(name);
    let path = 'session.repl.md';
    for (let count = 2; this.#exists(path); count++) path = `session-${count}.repl.md`;
    return path;
  }

  #exists(path: string): boolean {
    return existsSync(resolve(this.#folder, path));
  }
}
