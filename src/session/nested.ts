import { MikroscopeError } from '../errors.ts';
import { undoneInside } from './failure.ts';
import type { Turns } from './turns.ts';
import type { Unit } from './unit.ts';

/**
 * Runs `work` in a savepoint: an error inside undoes only the inside.
 *
 * @throws MikroscopeError `BadArgument` about what is no function, before anything has happened
 */
export async function nested<T>(turns: Turns, unit: Unit, work: () => Promise<T>): Promise<T> {
  if (typeof work !== 'function')
    throw new MikroscopeError(
      'BadArgument',
      'nested() takes a function',
      'Write nested(async () => { … }): an error inside undoes what is done inside.',
    );
  await turns.run(() => unit.save());
  let result: T;
  try {
    result = await work();
    await turns.run(() => unit.release());
  } catch (error) {
    await turns.run(() => unit.undo());
    throw undoneInside(error);
  }
  return result;
}
