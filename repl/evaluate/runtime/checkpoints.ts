import type { Interrupts } from './interrupt.ts';
import { isPromise } from './values.ts';

/** Waiting, and the points at which Ctrl-C stops a statement. */
export function createCheckpoints(interrupts: Interrupts) {
  return {
    isPromise,
    /** After every wait. */
    resume<T>(value: T): T {
      interrupts.check();
      return value;
    },
    /** In every turn of a loop that cannot wait. */
    checkTurn: () => interrupts.checkTurn(),
    /** In every turn of a loop that can. */
    isPauseDue: () => interrupts.isPauseDue(),
    pause: () => interrupts.pause(),
  };
}
