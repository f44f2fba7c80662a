import { refusePromise } from './coroutine.ts';
import type { Interrupts } from './interrupt.ts';
import type { Overrides } from './overrides.ts';
import type { LazySource } from './lazy-source.ts';
import { deferred, isPromise } from './values.ts';

/** Waiting, and the points at which Ctrl-C stops a statement. */
export function createCheckpoints(
  source: LazySource,
  interrupts: Interrupts,
  overrides: Overrides,
  waits: boolean,
) {
  return {
    isPromise,
    /** Whether to wait for a value before it is passed on. */
    isPending: waits ? isPromise : () => false,
    /** Whether to wait for a value that was read: not for a promise that typed code itself is to settle. */
    isLoading: waits ? (value: unknown) => isPromise(value) && !deferred.has(value) : () => false,
    /**
     * @param typed what was typed, for the error
     * @returns the value, to wait for it if it is a promise
     * @throws what the session says of a place that cannot wait
     */
    used(value: unknown, typed: string): unknown {
      return waits || !isPromise(value) ? value : refusePromise(value, () => source.cannotWait(typed));
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
