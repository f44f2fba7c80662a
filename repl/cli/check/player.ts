import { MikroscopeError, type Session } from '../../../src/index.ts';
import type { StepOutcome } from '../../transcript/outcome.ts';
import { play } from '../../transcript/run/play.ts';
import type { DatabaseName, Transcript } from '../../transcript/transcript.ts';
import { errorMessage } from '../error-message.ts';
import { noteWorkedAround } from '../note-worked-around.ts';
import { openTranscriptShell } from './open-transcript-shell.ts';
import { reachesProcess } from './reaches-process.ts';

/** A transcript to play on a database. */
export interface Job {
  readonly transcript: Pick<Transcript, 'blocks' | 'clock'>;
  readonly database: DatabaseName;
  readonly url: string;
  readonly pastErrors: boolean;
  /** How long a step may take unless its block says so. */
  readonly timeoutMs: number | undefined;
  /** How long all of it may take, from its first step. */
  readonly fileTimeoutMs: number;
  /** Whether errors tell their whole stacks and causes. */
  readonly debug: boolean;
}

/** What a player is sent: a job, or without one the question which kind of database the project has. */
export interface Request {
  /** Each answer has it, as typed code may send messages as well. */
  readonly token: string;
  readonly job?: Job;
}

/** What a player sends. */
export interface Answer {
  readonly token: string;
  readonly message: PlayerMessage | DatabaseMessage;
}

/** What a player answers: the kind of database; none where the configuration does not tell, and opening it tells why. */
interface DatabaseMessage {
  readonly kind: 'database';
  readonly database?: DatabaseName;
}

/** What a player sends while it plays. */
export type PlayerMessage =
  /** A step begins and should end within `timeoutMs`; `outcomes` are those of the steps before it. */
  | { readonly kind: 'begin'; readonly timeoutMs: number; readonly outcomes: readonly StepOutcome[] }
  /** No more steps follow. */
  | { readonly kind: 'played'; readonly outcomes: readonly StepOutcome[] }
  /** The job is done; `spent` if another transcript could see what this one left behind. */
  | { readonly kind: 'end'; readonly error?: string; readonly spent: boolean };

/**
 * Plays transcripts, one after another, as the parent process sends them.
 *
 * @param open opens a session on a URL
 * @param ownDatabase finds the kind of database that the project has
 * @returns the exit code, when the parent disconnects
 * @throws MikroscopeError `BadArgument` if there is no parent
 */
export async function runPlayer(
  open: (url: string) => Promise<Session>,
  ownDatabase: () => Promise<DatabaseName>,
): Promise<number> {
  if (!process.connected)
    throw new MikroscopeError(
      'BadArgument',
      'mikroscope player is a process that mikroscope check starts',
      'Run mikroscope check.',
    );
  const { promise, resolve } = Promise.withResolvers<number>();
  process.on('message', ({ token, job }: Request) => {
    const send = (message: Answer['message']) => void process.send?.({ token, message } satisfies Answer);
    const tell = async () => {
      const database = await ownDatabase().catch(noteWorkedAround);
      send({ kind: 'database', ...(database && { database }) });
    };
    void (job === undefined ? tell() : playJob(job, open, send));
  });
  process.on('disconnect', () => resolve(0));
  // Ctrl-C is for the parent, which ends this process when it needs to.
  process.on('SIGINT', () => undefined);
  return promise;
}

async function playJob(
  { transcript, database, url, pastErrors, timeoutMs, debug }: Job,
  open: (url: string) => Promise<Session>,
  send: (message: PlayerMessage) => void,
): Promise<void> {
  let spent = true;
  try {
    const transcriptShell = await openTranscriptShell(transcript, database, () => open(url));
    try {
      // One message for each step, as sending takes longer than many steps do.
      const outcomes: StepOutcome[] = [];
      const options = {
        pastErrors,
        debug,
        ...(timeoutMs !== undefined && { timeoutMs }),
        onStep: (_: unknown, stepTimeoutMs: number) =>
          send({ kind: 'begin', timeoutMs: stepTimeoutMs, outcomes: outcomes.splice(0) }),
      };
      for await (const outcome of play(transcript, transcriptShell, options)) outcomes.push(outcome);
      send({ kind: 'played', outcomes });
    } finally {
      const isClean = await transcriptShell.close();
      spent = !isClean || reachesProcess(transcript.blocks);
    }
    send({ kind: 'end', spent });
  } catch (error) {
    send({ kind: 'end', error: errorMessage(error, debug), spent });
  }
}
