import type { Session } from '../../../src/index.ts';
import type { StepOutcome } from '../../transcript/run/outcome.ts';
import { play } from '../../transcript/run/play.ts';
import type { DatabaseName, Transcript } from '../../transcript/transcript.ts';
import { openTranscriptShell } from './transcript-shell.ts';
import { errorMessage } from '../error-message.ts';

/** A transcript to play on a database. */
export interface Job {
  readonly transcript: Pick<Transcript, 'blocks' | 'clock'>;
  readonly database: DatabaseName;
  readonly url: string;
  readonly pastErrors: boolean;
  /** How long a step may take where its block does not say, in milliseconds. */
  readonly timeout: number | undefined;
}

/** What a player tells while it plays. */
export type PlayerMessage =
  /** A step begins, and should end within so many milliseconds. Those before it have come to this. */
  | { readonly kind: 'begin'; readonly timeout: number; readonly outcomes: readonly StepOutcome[] }
  /** There are no more steps. */
  | { readonly kind: 'played'; readonly outcomes: readonly StepOutcome[] }
  /** It is over; `spent` if another transcript could see what this one left behind. */
  | { readonly kind: 'end'; readonly error?: string; readonly spent: boolean };

/**
 * The process that plays transcripts, one after another, as its parent sends them.
 *
 * @param open opens a session on a URL
 * @returns the exit code, when the parent lets it go
 */
export async function runPlayer(open: (url: string) => Promise<Session>): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const send = (message: PlayerMessage) => void process.send?.(message);
  process.on('message', (job: Job) => void playJob(job, open, send));
  process.on('disconnect', () => resolve(0));
  // Ctrl-C is for the parent, which ends this process when it has to.
  process.on('SIGINT', () => undefined);
  return promise;
}

async function playJob(
  { transcript, database, url, pastErrors, timeout }: Job,
  open: (url: string) => Promise<Session>,
  send: (message: PlayerMessage) => void,
): Promise<void> {
  let spent = true;
  try {
    const stage = await openTranscriptShell(transcript, database, () => open(url));
    try {
      // One message for each step: sending takes longer than many a step.
      const outcomes: StepOutcome[] = [];
      const options = {
        pastErrors,
        ...(timeout !== undefined && { timeout }),
        onStep: (_: unknown, limit: number) =>
          send({ kind: 'begin', timeout: limit, outcomes: outcomes.splice(0) }),
      };
      for await (const outcome of play(transcript, stage, options)) outcomes.push(outcome);
      send({ kind: 'played', outcomes });
    } finally {
      spent = !(await stage.close());
    }
    send({ kind: 'end', spent });
  } catch (error) {
    send({ kind: 'end', error: errorMessage(error), spent });
  }
}
