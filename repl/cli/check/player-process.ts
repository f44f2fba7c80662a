import { type ChildProcess, fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Failure, FileOutcome, StepOutcome } from '../../transcript/run/outcome.ts';
import { didNotRun } from '../../transcript/run/play.ts';
import type { Job, PlayerMessage } from './player.ts';

const main = fileURLToPath(new URL(`../../main${extname(import.meta.url)}`, import.meta.url));

/** What code that never waits gets on top of its time, in milliseconds, before its process is ended. */
const grace = 1000;

/** What is printed must not depend on the person's terminal and language. */
const plainness = {
  NO_COLOR: '1',
  FORCE_COLOR: undefined,
  LANG: 'en_US.UTF-8',
  LC_ALL: 'en_US.UTF-8',
  TZ: 'UTC',
};

/**
 * A process that plays transcripts. Code that never ends, or that ends the process, costs the rest of its own
 * transcript and nothing else.
 */
export class PlayerProcess {
  readonly #args: readonly string[];
  #child: ChildProcess | undefined;

  /** @param args the arguments of the program that say which project it is about */
  constructor(args: readonly string[]) {
    this.#args = args;
  }

  /**
   * Plays a transcript; one at a time.
   *
   * @param onStep told each outcome as it comes
   */
  async play(job: Job, onStep: (outcome: StepOutcome) => void): Promise<FileOutcome> {
    const child = (this.#child ??= this.#start());
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    let spent = false;
    const outcomes: StepOutcome[] = [];
    const take = (outcome: StepOutcome) => {
      outcomes.push(outcome);
      onStep(outcome);
    };
    let overtime: NodeJS.Timeout | undefined;
    let limit = 0;
    let lost: Failure = { kind: 'left' };
    const listen = (message: PlayerMessage) => {
      clearTimeout(overtime);
      if (message.kind === 'end') {
        ({ spent } = message);
        return resolve(message.error);
      }
      if (message.kind === 'begin') limit = message.timeout;
      for (const outcome of message.outcomes) take(outcome);
      // What comes after a step, the end of the session say, has its time too.
      overtime = setTimeout(() => {
        if (message.kind === 'begin') lost = { kind: 'timeout', milliseconds: limit };
        child.kill('SIGKILL');
      }, limit + grace);
    };
    const start = performance.now();
    const gone = () => {
      this.#child = undefined;
      resolve(limit === 0 ? 'The process that plays it ended before its first step.' : undefined);
    };
    child.on('message', listen);
    child.once('exit', gone);
    child.send(job);
    const error = await promise;
    clearTimeout(overtime);
    child.off('message', listen);
    child.off('exit', gone);
    if (spent) this.close();
    const steps = job.transcript.blocks.flatMap(block => block.steps);
    const [running, ...rest] = error === undefined ? steps.slice(outcomes.length) : [];
    if (running) take({ ...didNotRun(running, job.database, 'not run'), status: 'failed', failures: [lost] });
    for (const step of rest) take(didNotRun(step, job.database, 'not run'));
    return {
      database: job.database,
      steps: outcomes,
      ...(error !== undefined && { error }),
      milliseconds: performance.now() - start,
    };
  }

  /** Ends the process. */
  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #start(): ChildProcess {
    const child = fork(main, [...this.#args, 'player'], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, ...plainness },
    });
    child.on('error', () => undefined);
    return child;
  }
}
