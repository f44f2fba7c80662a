import type { Session } from '../../../src/index.ts';
import { render } from '../../render/render.ts';
import { Shell, type ShellOptions } from '../../shell.ts';
import { freezeClock } from '../../transcript/run/freeze-clock.ts';
import { keepListeners } from '../../terminal/own-listeners.ts';
import type { TranscriptShell } from '../../transcript/run/play.ts';
import type { DatabaseName, Transcript } from '../../transcript/transcript.ts';
import { captureOutput } from '../captured-output.ts';
import { lazyPython, pythonCommand } from '../python-command.ts';
import { detectLeaks } from './leak-detector.ts';

/** A shell in this process that plays a transcript. */
export interface OpenTranscriptShell extends TranscriptShell {
  /** Lets the output go to the screen again, so that a user can take over. The clock stays frozen. */
  readonly release: () => void;
  /**
   * Closes the session and lets the clock go on.
   *
   * @returns whether the process is as it was before, so that another transcript can play in it
   */
  readonly close: () => Promise<boolean>;
}

/**
 * Opens a shell for a transcript, with its clock and with captured output. Only one can be open at a time.
 *
 * @param stop how another thread stops code that never waits
 */
export async function openTranscriptShell(
  { clock }: Pick<Transcript, 'clock'>,
  database: DatabaseName,
  open: () => Promise<Session>,
  stop?: ShellOptions['stop'],
): Promise<OpenTranscriptShell> {
  const unfreeze = clock === undefined ? () => undefined : freezeClock(clock);
  // Dates print the same wherever the file is played.
  process.env['TZ'] = 'UTC';
  const session = await open().catch((error: unknown) => {
    unfreeze();
    throw error;
  });
  const captured = captureOutput();
  const onUncaught = (error: unknown) => {
    captured.report(render({ kind: 'error', error }, { width: 80, color: false }) ?? '');
  };
  process.on('uncaughtException', onUncaught);
  const stopKeeping = keepListeners();
  const release = () => {
    captured.release();
    stopKeeping();
    process.off('uncaughtException', onUncaught);
  };
  const leaks = detectLeaks(Object.values(session.entities));
  const shell: Shell = new Shell({
    session,
    console: captured.console,
    provided: { require: leaks.require },
    load: leaks.load,
    commands: [pythonCommand(lazyPython(() => shell.session))],
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
        return !leaks.found();
      } finally {
        release();
        unfreeze();
      }
    },
  };
}
