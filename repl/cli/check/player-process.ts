import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { ownFile } from '../../own-package.ts';
import type { Failure, FileOutcome, StepOutcome } from '../../transcript/outcome.ts';
import { didNotRun } from '../../transcript/run/play.ts';
import { noteWorkedAround } from '../note-worked-around.ts';
import type { DatabaseName } from '../../transcript/transcript.ts';
import type { Answer, Job, PlayerMessage, Request } from './player.ts';

/** How long after a step's time-out its process is killed: code that waits has been interrupted by then. */
const killGraceMs = 1000;

/** How long opening a project and a session may take. */
const openTimeoutMs = 60_000;

/** What is printed must not depend on the user's terminal and language. */
const neutralEnvironment = {
  NO_COLOR: '1',
  FORCE_COLOR: undefined,
  LANG: 'en_US.UTF-8',
  LC_ALL: 'en_US.UTF-8',
  TZ: 'UTC',
};

/**
 * A process that plays transcripts. Code that never ends, or that ends the process, costs only the rest of its own
 * transcript.
 */
export class PlayerProcess {
  readonly #args: readonly string[];
  #child: ChildProcess | undefined;

  /** @param args the command-line arguments that select the project */
  constructor(args: readonly string[]) {
    this.#args = args;
  }

  /**
   * Plays a transcript, one at a time.
   *
   * @param onStep called with each outcome as it comes
   * @throws Error with a sentence if the process cannot be started
   */
  async play(job: Job, onStep?: (outcome: StepOutcome) => void): Promise<FileOutcome> {
    const child = await this.#running();
    const start = performance.now();
    const outcomes: StepOutcome[] = [];
    const note = (outcome: StepOutcome) => {
      outcomes.push(outcome);
      onStep?.(outcome);
    };
    const ending = await playIn(child, job, note);
    if (ending.kind === 'exited') this.#child = undefined;
    else if (ending.spent) this.close();
    const error = errorOf(ending);
    if (error === undefined) {
      const steps = job.transcript.blocks.flatMap(block => block.steps);
      for (const outcome of missingOutcomes(steps.slice(outcomes.length), job, ending)) note(outcome);
    }
    return {
      database: job.database,
      steps: outcomes,
      ...(error !== undefined && { error }),
      milliseconds: performance.now() - start,
    };
  }

  /** The kind of database that the project has; undefined where it cannot be found out, and playing tells why. */
  async ownDatabase(): Promise<DatabaseName | undefined> {
    const child = await this.#running();
    const signal = AbortSignal.timeout(openTimeoutMs);
    const { promise, resolve } = Promise.withResolvers<DatabaseName | undefined>();
    const stop = ask(child, {}, message => {
      if (message.kind === 'database') resolve(message.database);
    });
    try {
      return await Promise.race([promise, once(child, 'exit', { signal }).then(() => undefined)]);
    } catch (error) {
      noteWorkedAround(error);
      this.close();
      return undefined;
    } finally {
      stop();
    }
  }

  /** Ends the process. */
  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  async #running(): Promise<ChildProcess> {
    // It may have ended since the last transcript.
    if (this.#child?.connected === false) this.#child = undefined;
    try {
      const child = (this.#child ??= this.#start());
      // Why a process has no id comes as an event.
      if (child.pid === undefined) throw (await once(child, 'error'))[0];
      return child;
    } catch (error) {
      this.#child = undefined;
      const { message } = error as Error;
      throw new Error(`The process that plays transcripts cannot be started: ${message}`, { cause: error });
    }
  }

  #start(): ChildProcess {
    const child = fork(ownFile('repl/main.ts'), [...this.#args, 'player'], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, ...neutralEnvironment },
    });
    // Where a message could not be sent, the process is ending, and 'exit' follows.
    child.on('error', noteWorkedAround);
    return child;
  }
}

/** Sends a request, and hears what it is answered; other messages are of typed code. @returns what stops that */
function ask(
  child: ChildProcess,
  request: Omit<Request, 'token'>,
  hear: (message: Answer['message']) => void,
): () => void {
  const token = randomUUID();
  const onMessage = (answer: Answer | null | undefined) => {
    if (answer?.token === token) hear(answer.message);
  };
  child.on('message', onMessage);
  child.send({ token, ...request } satisfies Request);
  return () => child.off('message', onMessage);
}

type Ending =
  | Extract<PlayerMessage, { kind: 'end' }>
  /** The process is gone: the step that was running left it, or was killed. */
  | { readonly kind: 'exited'; readonly hasBegun: boolean; readonly failure: Failure };

/** Sends a job to a process, and kills it when a step takes too long. */
async function playIn(child: ChildProcess, job: Job, note: (outcome: StepOutcome) => void): Promise<Ending> {
  const { promise, resolve } = Promise.withResolvers<Ending>();
  let stepTimeoutMs = 0;
  let failure: Failure = { kind: 'left' };
  const kill = (why: Failure) => {
    failure = why;
    child.kill('SIGKILL');
  };
  let killTimer = setTimeout(() => kill({ kind: 'timeout', milliseconds: openTimeoutMs }), openTimeoutMs);
  const { fileTimeoutMs: milliseconds } = job;
  let fileTimer: NodeJS.Timeout | undefined;
  const onMessage = (message: Answer['message']) => {
    if (message.kind === 'database') return;
    clearTimeout(killTimer);
    if (message.kind === 'end') return resolve(message);
    if (message.kind === 'begin') {
      stepTimeoutMs = message.timeoutMs;
      fileTimer ??= setTimeout(() => kill({ kind: 'timeout', milliseconds, ofFile: true }), milliseconds);
    }
    for (const outcome of message.outcomes) note(outcome);
    // What follows the last step, such as closing the session, is limited as a step is.
    killTimer = setTimeout(
      () => kill(message.kind === 'begin' ? { kind: 'timeout', milliseconds: stepTimeoutMs } : failure),
      stepTimeoutMs + killGraceMs,
    );
  };
  const onExit = (_: number | null, signal: NodeJS.Signals | null) => {
    if (failure.kind === 'left' && signal !== null) failure = { ...failure, signal };
    resolve({ kind: 'exited', hasBegun: stepTimeoutMs > 0, failure });
  };
  child.once('exit', onExit);
  const stop = ask(child, { job }, onMessage);
  const ending = await promise;
  clearTimeout(killTimer);
  clearTimeout(fileTimer);
  stop();
  child.off('exit', onExit);
  return ending;
}

/** Why the file could not run. */
function errorOf(ending: Ending): string | undefined {
  if (ending.kind === 'end') return ending.error;
  if (ending.hasBegun) return undefined;
  return ending.failure.kind === 'timeout'
    ? `The session did not open within ${openTimeoutMs / 1000} seconds: something that the project loads does not end.`
    : 'The process that plays it ended before its first step.';
}

/** The step that was running when the process went away failed; those after it did not run. */
function missingOutcomes(
  steps: Job['transcript']['blocks'][number]['steps'],
  { database }: Job,
  ending: Ending,
): StepOutcome[] {
  const failure: Failure = ending.kind === 'exited' ? ending.failure : { kind: 'left' };
  return steps.map((step, index) => {
    const outcome = didNotRun(step, database, 'not run');
    return index === 0 ? { ...outcome, status: 'failed', failures: [failure] } : outcome;
  });
}
