import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Answer } from '../answer/answer.ts';
import type { Shell } from '../shell.ts';
import { writeTranscript } from '../transcript/files.ts';
import type { RecordedStep } from '../transcript/record/mask-secrets.ts';
import type { FileOutcome } from '../transcript/run/outcome.ts';
import { printedLines } from '../transcript/run/play.ts';
import { finishRecording } from '../transcript/record/record.ts';
import { type DatabaseName, isDatabaseName, type Transcript } from '../transcript/transcript.ts';
import { FreshDatabases } from './check/fresh-databases.ts';
import { PlayerProcess } from './check/player-process.ts';
import { errorMessage } from './error-message.ts';
import { teeOutput } from './captured-output.ts';

/** When a replay takes place: what depends on the time has to come out differently, however quick it is. */
const anotherTime = '2001-02-03T04:05:06.789Z';

/** A recording that is under way. */
interface Take {
  readonly path: string;
  readonly steps: RecordedStep[];
  /** What hidden properties have held so far. */
  readonly secrets: Set<string>;
  readonly began: number;
  readonly stop: () => void;
}

/** `.record FILE` and `.record off`: saves a live session as a transcript. */
export class Recorder {
  readonly #projectArguments: readonly string[];
  readonly #folder: string;
  #take: Take | undefined;

  /**
   * @param projectArguments the arguments of the program that say which project it is about
   * @param folder where the names of files start
   */
  constructor(projectArguments: readonly string[], folder: string) {
    this.#projectArguments = projectArguments;
    this.#folder = folder;
  }

  /** @param argument a file to begin with, or `off` */
  async run(argument: string, shell: Shell): Promise<Answer> {
    if (argument === 'off')
      return (await this.finish(shell)) ?? complaint('Nothing is being recorded; .record FILE begins.');
    if (this.#take) return complaint(`${this.#take.path} is being recorded; .record off saves it.`);
    if (argument === '') return complaint('Write .record FILE to begin, and .record off to save it.');
    return this.begin(argument, shell);
  }

  /** @param name the file; without one, the first `session.repl.md`, `session-2.repl.md`, … that is free */
  begin(name: string | undefined, shell: Shell): Answer {
    let path = name?.endsWith('.md') ? name : `${name ?? 'session'}.repl.md`;
    for (let count = 2; name === undefined && this.#exists(path); count++) path = `session-${count}.repl.md`;
    if (this.#exists(path)) return complaint(`There is a ${path} already; choose another name.`);
    const steps: RecordedStep[] = [];
    const secrets = new Set<string>();
    const tee = teeOutput();
    const unobserve = shell.observe({
      begins: () => void tee.take(),
      answered: (typed, answer) => {
        for (const value of shell.session.hidden.values) secrets.add(value);
        const statement = shell.read(typed);
        const printed = stripVTControlCharacters(tee.take());
        const isOwn = statement.kind === 'command' && /^(?:record|sql|exit|quit)$/.test(statement.name);
        if (statement.kind === 'empty' || isOwn || answer.kind === 'interrupted' || answer.kind === 'exit')
          return;
        steps.push({ typed, output: printedLines(answer, printed).output });
      },
    });
    this.#take = {
      path,
      steps,
      secrets,
      began: Date.now(),
      stop() {
        unobserve();
        tee.release();
      },
    };
    return { kind: 'text', text: `Recording to ${path}; .record off saves it.` };
  }

  /**
   * Saves the recording, if there is one. It is written first as it was, so that nothing is lost if the replay is.
   *
   * @returns what to tell; undefined if nothing was being recorded
   */
  async finish({ session }: Shell): Promise<Answer | undefined> {
    const take = this.#take;
    if (!take) return undefined;
    take.stop();
    this.#take = undefined;
    const { path, steps, secrets, began } = take;
    if (steps.length === 0) return { kind: 'text', text: `Nothing was typed; there is no ${path}.` };
    const { dialect } = session.database;
    const database: DatabaseName = isDatabaseName(dialect) ? dialect : 'sqlite';
    const recording = {
      path,
      database,
      steps,
      hidden: { ...session.hidden, values: secrets },
      period: [began, Date.now()],
    } as const;
    try {
      const { text, differences } = await this.#replayed(recording, database);
      await writeTranscript({ path: resolve(this.#folder, path) }, text);
      const count = `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`;
      const verdict =
        differences.length === 0
          ? 'played again on a fresh database: it passes'
          : 'but it does not pass on a fresh database:';
      return {
        kind: 'text',
        text: [
          `Saved ${count} in ${path}, ${verdict}${differences.length === 0 ? '.' : ''}`,
          ...differences,
        ].join('\n'),
      };
    } catch (error) {
      return complaint(`${path} could not be saved: ${errorMessage(error)}`);
    }
  }

  async #replayed(
    recording: Parameters<typeof finishRecording>[0],
    database: DatabaseName,
  ): ReturnType<typeof finishRecording> {
    const databases = new FreshDatabases([]);
    const player = new PlayerProcess(this.#projectArguments);
    const replay = async ({ blocks }: Transcript): Promise<FileOutcome> => {
      try {
        const { url, drop } = await databases.create(database);
        const job = {
          transcript: { blocks, clock: anotherTime },
          database,
          url,
          pastErrors: true,
          timeout: undefined,
        };
        const outcome = await player.play(job, () => undefined);
        await drop();
        return outcome;
      } catch (error) {
        return { database, steps: [], error: errorMessage(error), milliseconds: 0 };
      }
    };
    try {
      return await finishRecording(recording, replay);
    } finally {
      player.close();
      await databases.close();
    }
  }

  #exists(path: string): boolean {
    return existsSync(resolve(this.#folder, path));
  }
}

function complaint(message: string): Answer {
  return { kind: 'error', error: new SyntaxError(message) };
}
