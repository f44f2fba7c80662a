import { Mutex } from './mutex.ts';
import { Nesting } from './nesting.ts';
import { assertAllowed, type TransactionCall } from './transaction-states.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** The door to the unit of work: one call at a time, and only one that the state of the transaction allows. */
export class CallGate {
  readonly #mutex = new Mutex();
  readonly #unit: UnitOfWork;
  readonly nesting = new Nesting();

  constructor(unit: UnitOfWork) {
    this.#unit = unit;
  }

  /** Whether the running code is part of such a call. */
  get isInside(): boolean {
    return this.#mutex.isInside;
  }

  /** Runs work beside no call, whatever the state of the transaction. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#mutex.run(work);
  }

  /** @throws MikroscopeError `InvalidState` where the call is not allowed now, or comes from the inside of another */
  run<T>(call: TransactionCall, work: () => Promise<T>): Promise<T> {
    return this.#mutex.run(async () => {
      assertAllowed(call, this.#unit);
      return work();
    });
  }
}
