import { refusePromise } from './coroutine.ts';
import type { Interrupts } from './interrupt.ts';
import type { Overrides } from './overrides.ts';
import type { LazySource } from './lazy-source.ts';
import { isTakenOut, isUnkept, keep } from './kept-promises.ts';
import { isPromise } from './values.ts';

/** Waiting, and the points at which Ctrl-C stops a statement. */
export function createCheckpoints(
  source: LazySource,
  interrupts: Interrupts,
  overrides: Overrides,
  waits: boolean,
) {
  return {
    isPromise,
    isGiven,
    /** Whether to wait for what a call gave before it is passed on. */
    isPending: waits ? isGiven : () => false,
    /** Whether to wait for a value that was read: not for a promise that typed code keeps. */
    isLoading: waits ? isUnkept : () => false,
    isUnkept,
    kept: keep,
    /**
     * @param typed what was typed, for the error
     * @returns the value, to wait for it if it is a promise
     * @throws what the session says of a place that cannot wait
     */
    used(value: unknown, typed: string): unknown {
      return waits || !isPromise(value) ? value : refusePromise(value, () => source.cannotWait(typed));
    },
    /** As {@link used}, for a value that becomes an item of a list: a promise that typed code keeps may be one. */
    asItem(value: unknown, typed: string): unknown {
      return waits || !isUnkept(value) ? value : refusePromise(value, () => source.cannotWait(typed));
    },
    /** After every wait. */
    resume<T>(value: T): T {
      overrides.apply();
      interrupts.check();
      return value;
    },
    /** In every turn of a loop. */
    isPauseDue: waits
      ? () => interrupts.isPauseDue()
      : () => {
          interrupts.checkTurn();
          return false;
        },
    pause: () => interrupts.pause(),
  };
}

/** Whether what a call gave is a promise, and not one that typed code keeps in the list that it asked. */
function isGiven(value: unknown): boolean {
  return isPromise(value) && !isTakenOut(value);
}
