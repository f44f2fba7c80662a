import type { Session } from '../../../src/index.ts';
import { render } from '../../render/render.ts';
import { Shell } from '../../shell.ts';
import { freezeClock } from '../../transcript/run/clock.ts';
import type { TranscriptShell } from '../../transcript/run/play.ts';
import type { DatabaseName, Transcript } from '../../transcript/transcript.ts';
import { captureOutput } from '../captured-output.ts';
import { requireHere } from '../import-from-cwd.ts';
import { detectLeaks } from './leak-detector.ts';

/** Where a transcript plays in this process. */
export interface OpenTranscriptShell extends TranscriptShell {
  /** Hands the session over, with the output going to the screen again. The clock stays as it is. */
  readonly release: () => void;
  /**
   * Closes the session and lets the clock go on.
   *
   * @returns whether the process is as it was, so that another transcript can play in it
   */
  readonly close: () => Promise<boolean>;
}

/**
 * Sets the stage for a transcript: its clock, a session, and a shell whose output is caught. There can be one at a time.
 */
export async function openTranscriptShell(
  { clock }: Pick<Transcript, 'clock'>,
  database: DatabaseName,
  open: () => Promise<Session>,
  stop?: Int32Array,
): Promise<OpenTranscriptShell> {
  const unfreeze = clock === undefined ? () => undefined : freezeClock(clock);
  // A date prints the same wherever the file is played.
  process.env['TZ'] = 'UTC';
  const session = await open().catch((error: unknown) => {
    unfreeze();
    throw error;
  });
  const captured = captureOutput();
  const stray = (error: unknown) => {
    captured.console.log(render({ kind: 'error', error }, { width: 80, color: false }));
  };
  process.on('uncaughtException', stray);
  const release = () => {
    captured.release();
    process.off('uncaughtException', stray);
  };
  const traces = detectLeaks(Object.values(session.entities));
  const shell = new Shell({
    session,
    console: captured.console,
    provided: { require: requireHere() },
    load: traces.load,
    ...(stop && { stop }),
  });
  return {
    shell,
    database,
    takePrinted: captured.take,
    release,
    async close() {
      try {
        await session.close();
        return !traces.left();
      } finally {
        release();
        unfreeze();
      }
    },
  };
}
