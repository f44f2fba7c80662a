import type { EndlessWaits } from '../mikro-orm/endless-waits.ts';
import { Mutex } from './mutex.ts';
import { Nesting } from './nesting.ts';
import { noPlaceInside } from './no-place-inside.ts';
import { assertAllowed, type TransactionCall } from './transaction-states.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** The door to the unit of work: one call at a time, and only one that the state of the transaction allows. */
export class CallGate {
  readonly #mutex = new Mutex();
  readonly #unit: UnitOfWork;
  readonly #waits: EndlessWaits;
  readonly nesting = new Nesting();

  constructor(unit: UnitOfWork, waits: EndlessWaits) {
    this.#unit = unit;
    this.#waits = waits;
  }

  /** Whether the running code is part of such a call. */
  get isInside(): boolean {
    return this.#turns.isInside;
  }

  /** Runs work beside no call, whatever the state of the transaction. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(work);
  }

  /** @throws MikroscopeError `InvalidState` where the call is not allowed now, or comes from the inside of another */
  async run<T>(call: TransactionCall, work: () => Promise<T>): Promise<T> {
    if (call !== 'query') this.#assertOutside(call);
    return this.#inTurn(async () => {
      assertAllowed(call, this.#unit);
      return work();
    });
  }

  /**
   * Runs `em.transactional()`, which is one call with all that its function does: calls from there take turns among
   * themselves, and others wait for its end.
   */
  async transactional<T>(work: () => Promise<T>): Promise<T> {
    this.#assertOutside('em.transactional');
    // A hook's is part of the call that the hook is part of.
    return this.isInside ? work() : this.#inTurn(work);
  }

  /**
   * @throws MikroscopeError `InvalidState` inside of a function of `em.transactional()`, `DatabaseBusy` inside of another
   * transaction that is to end first
   */
  assertMayWait(call: TransactionCall): void {
    this.#assertOutside(call);
    this.#waits.assertOthersEnd();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turns = this.#turns;
    // Whoever has the turn may wait for a transaction that this code is to end.
    if (turns.isBusy && !turns.isInside && this.#unit.inside.current === undefined)
      this.#waits.assertOthersEnd();
    return turns.run(work);
  }

  #assertOutside(call: string): void {
    if (this.#unit.inside.current !== undefined) throw noPlaceInside(call);
  }

  get #turns(): Mutex {
    return this.#unit.inside.calls ?? this.#mutex;
  }
}
