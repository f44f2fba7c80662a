import { syncBuiltinESMExports } from 'node:module';
import { constants } from 'node:os';
import type { Ask } from '../guard.ts';
import type { Shell } from '../shell.ts';

/** Ends the program with an exit code, after what leaving takes. */
type Leave = (code: number) => void;

/** Thrown by `process.exit()`, so that the code that calls it goes no further. */
class Leaving extends Error {
  override readonly name = 'Leaving';
}

/** Whether an error is none: it stopped code that called `process.exit()`. */
export function isLeaving(error: unknown): boolean {
  return error instanceof Leaving;
}

/**
 * Makes `process.exit()`, whatever code calls it, leave as `exit()` does: what is printed arrives, and what is staged is
 * not lost without a word.
 */
export function leaveAtExit(leave: Leave): void {
  process.exit = (code?: number | string | null): never => {
    const before = process.exitCode;
    // Throws for what is no exit code, as the method itself.
    if (code !== undefined) process.exitCode = code;
    const asked = Number(process.exitCode ?? 0);
    // The user may stay.
    process.exitCode = before;
    leave(asked);
    throw new Leaving('The program is leaving.');
  };
  syncBuiltinESMExports();
}

/**
 * Leaves at a signal while a server runs something: stops it there first, or it would go on without the program. At any
 * other time a signal ends the program at once, whatever it does.
 */
export function leaveAtSignals(
  { session }: Pick<Shell, 'session'>,
  signals: readonly NodeJS.Signals[],
  leave: Leave,
): void {
  const onSignal = (signal: NodeJS.Signals) => leave(128 + constants.signals[signal]);
  session.onServerBusy(isBusy => {
    for (const signal of signals)
      if (isBusy) process.on(signal, onSignal);
      else process.off(signal, onSignal);
  });
}

/** Whether the user may leave: asks if that would lose anything. */
export async function mayLeave({ uncommitted }: Shell, ask: Ask): Promise<boolean> {
  if (uncommitted === '') return true;
  const typed = await ask(`Not committed: ${uncommitted}. Leave and lose it? [y/N] `);
  return /^y(es)?$/i.test(typed ?? '');
}
