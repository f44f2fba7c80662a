import { MikroscopeError } from '../errors.ts';
import { undoneInside, withLost } from '../flush-errors/flush-error.ts';
import type { CallGate } from './call-gate.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/**
 * Runs `work` in a savepoint: an error inside undoes only what was done inside. Waits for another one that runs.
 *
 * @throws MikroscopeError `BadArgument` if `work` is not a function, before anything is done; and where it would wait for a
 * transaction that it is called in
 */
export async function nested<T>(gate: CallGate, unit: UnitOfWork, work: () => Promise<T>): Promise<T> {
  if (typeof work !== 'function')
    throw new MikroscopeError(
      'BadArgument',
      'nested() takes a function',
      'Write nested(async () => { … }): an error inside undoes what is done inside.',
    );
  gate.assertMayWait('nested');
  return gate.nesting.run(async () => {
    await gate.run('nested', () => unit.beginSavepoint());
    try {
      const result = await work();
      await gate.run('nested returns', () => unit.releaseSavepoint());
      return result;
    } catch (error) {
      const lost = await gate.run('nested throws', () => unit.rollbackToSavepoint());
      throw error instanceof MikroscopeError ? withLost(undoneInside(error), lost) : error;
    }
  });
}
