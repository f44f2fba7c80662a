import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Answer } from '../answer/answer.ts';
import type { Shell } from '../shell.ts';
import { writeTranscript } from '../transcript/files.ts';
import { finishRecording, type Recorded, type Recording } from '../transcript/record/finish-recording.ts';
import type { RecordedStep } from '../transcript/record/mask-secrets.ts';
import { printedLines } from '../transcript/run/printed-lines.ts';
import { isDatabaseName } from '../transcript/transcript.ts';
import { teeOutput } from './captured-output.ts';
import { FreshDatabases } from './check/fresh-databases.ts';
import { playOnFreshDatabase } from './check/play-on-fresh-database.ts';
import { PlayerProcess } from './check/player-process.ts';
import { errorMessage } from './error-message.ts';

/** The time of a replay: far from now, so that whatever depends on the time comes out differently. */
const replayClock = '2001-02-03T04:05:06.789Z';

/** The recording that is under way. */
interface LiveRecording {
  readonly path: string;
  readonly steps: RecordedStep[];
  /** The values that hidden properties have had so far. */
  readonly secrets: Set<string>;
  /** In milliseconds since 1970. */
  readonly startedAt: number;
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

  /** @param argument a file to begin with, or `off` */
  async run(argument: string, shell: Shell): Promise<Answer> {
    if (argument === 'off')
      return (await this.finish(shell)) ?? complaint('Nothing is being recorded; .record FILE begins.');
    if (this.#live) return complaint(`${this.#live.path} is being recorded; .record off saves it.`);
    if (argument === '') return complaint('Write .record FILE to begin, and .record off to save it.');
    return this.begin(argument, shell);
  }

  /** @param name the file; by default the first of `session.repl.md`, `session-2.repl.md`, … that does not exist */
  begin(name: string | undefined, shell: Shell): Answer {
    const path = this.#pathFor(name);
    if (this.#exists(path)) return complaint(`${path} already exists; choose another name.`);
    const steps: RecordedStep[] = [];
    const secrets = new Set<string>();
    const tee = teeOutput();
    const unobserve = shell.observe({
      begins: () => void tee.take(),
      answered: (typed, answer) => {
        for (const value of shell.session.hidden.values) secrets.add(value);
        const printed = stripVTControlCharacters(tee.take());
        if (isRecorded(shell.read(typed), answer))
          steps.push({ typed, output: printedLines(answer, printed).output });
      },
    });
    const stop = () => {
      unobserve();
      tee.release();
    };
    this.#live = { path, steps, secrets, startedAt: Date.now(), stop };
    return { kind: 'text', text: `Recording to ${path}; .record off saves it.` };
  }

  /**
   * Saves the recording, if there is one.
   *
   * @returns what to tell the user; undefined if nothing was being recorded
   */
  async finish({ session }: Shell): Promise<Answer | undefined> {
    const live = this.#live;
    if (!live) return undefined;
    live.stop();
    this.#live = undefined;
    const { path, steps, secrets, startedAt } = live;
    if (steps.length === 0) return { kind: 'text', text: `Nothing was typed, so ${path} was not written.` };
    const { dialect } = session.database;
    try {
      const { text, differences } = await this.#replay({
        path,
        database: isDatabaseName(dialect) ? dialect : 'sqlite',
        steps,
        hidden: { ...session.hidden, values: secrets },
        period: [startedAt, Date.now()],
      });
      await writeTranscript({ path: resolve(this.#folder, path) }, text);
      const count = `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`;
      const verdict = differences.length === 0 ? 'it passes.' : 'it does not pass:';
      return {
        kind: 'text',
        text: [`Saved ${count} in ${path}. Replayed on a fresh database, ${verdict}`, ...differences].join(
          '\n',
        ),
      };
    } catch (error) {
      return complaint(`${path} could not be saved: ${errorMessage(error)}`);
    }
  }

  async #replay(recording: Recording): Promise<Recorded> {
    const { database } = recording;
    const databases = new FreshDatabases([]);
    const player = new PlayerProcess(this.#projectArguments);
    try {
      return await finishRecording(recording, ({ blocks }) => {
        const transcript = { blocks, clock: replayClock };
        const job = { transcript, database, pastErrors: true, timeout: undefined };
        return playOnFreshDatabase(job, player, databases);
      });
    } finally {
      player.close();
      await databases.close();
    }
  }

  #pathFor(name: string | undefined): string {
    if (name !== undefined) return name.endsWith('.md') ? name : `${name}.repl.md`;
    let path = 'session.repl.md';
    for (let count = 2; this.#exists(path); count++) path = `session-${count}.repl.md`;
    return path;
  }

  #exists(path: string): boolean {
    return existsSync(resolve(this.#folder, path));
  }
}

/** Whether a statement belongs in a transcript: what controls the shell itself does not. */
function isRecorded(statement: ReturnType<Shell['read']>, answer: Answer): boolean {
  if (statement.kind === 'empty' || answer.kind === 'interrupted' || answer.kind === 'exit') return false;
  return !(statement.kind === 'command' && /^(?:record|sql|exit|quit)$/.test(statement.name));
}

function complaint(message: string): Answer {
  return { kind: 'error', error: new SyntaxError(message) };
}
