import type { Session } from '../../src/index.ts';
import { render } from '../render/render.ts';
import { Shell } from '../shell.ts';
import { freezeClock } from '../transcript/clock.ts';
import type { Stage } from '../transcript/play.ts';
import type { DatabaseName, Transcript } from '../transcript/transcript.ts';
import { captureOutput } from './captured-output.ts';
import { load, requireHere } from './modules.ts';

/** Where a transcript plays in this process. */
export interface OpenStage extends Stage {
  /** Hands the session over, with the output going to the screen again. The clock stays as it is. */
  readonly release: () => void;
  /** Closes the session and lets the clock go on. */
  readonly close: () => Promise<void>;
}

/**
 * Sets the stage for a transcript: its clock, a session, and a shell whose output is caught. There can be one at a time.
 */
export async function openStage(
  { clock }: Pick<Transcript, 'clock'>,
  database: DatabaseName,
  open: () => Promise<Session>,
  stop?: Int32Array,
): Promise<OpenStage> {
  const unfreeze = clock === undefined ? () => undefined : freezeClock(clock);
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
  return {
    shell: new Shell({
      session,
      console: captured.console,
      provided: { require: requireHere() },
      load,
      ...(stop && { stop }),
    }),
    database,
    takePrinted: captured.take,
    release,
    async close() {
      release();
      unfreeze();
      await session.close();
    },
  };
}
