import { MikroscopeError } from '../errors.ts';

/** The error for a call that a function of `em.transactional()` cannot make: it would be about another transaction. */
export function noPlaceInside(call: string): MikroscopeError {
  const isBulk = call === 'update, delete';
  return new MikroscopeError(
    'InvalidState',
    `${isBulk ? 'update() and delete() of a query have' : `${call}() has`} no place inside em.transactional(), which begins and commits by itself`,
    isBulk
      ? 'Use nativeUpdate() and nativeDelete() of the em that it hands over.'
      : 'Use the em that it hands over. Return to commit, or throw an error to undo it.',
  );
}
