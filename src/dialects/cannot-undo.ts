import { MikroscopeError } from '../errors.ts';

const SENTENCES = /^(?:a|several) /;

/**
 * The error for what a sandbox does not run.
 *
 * @param what keywords or a function, or a noun with its article
 */
export function cannotUndo(what: string, cause?: unknown): MikroscopeError {
  return new MikroscopeError(
    'CannotUndo',
    `A sandbox (--sandbox) does not run ${SENTENCES.test(what) ? what : what.toUpperCase()}: it could not be undone`,
    'Leave --sandbox out to run it.',
    { cause },
  );
}
