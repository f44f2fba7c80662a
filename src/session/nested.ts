import { undoneInside } from './failure.ts';
import type { Turns } from './turns.ts';
import type { Unit } from './unit.ts';

/** Runs `work` in a savepoint: an error inside undoes only the inside. */
export async function nested<T>(turns: Turns, unit: Unit, work: () => Promise<T>): Promise<T> {
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
