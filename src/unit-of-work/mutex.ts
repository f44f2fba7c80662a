import { AsyncLocalStorage } from 'node:async_hooks';
import { MikroscopeError } from '../errors.ts';

/**
 * Lets one piece of work at a time use the unit of work. Two at once would begin two transactions, and on
 * SQLite's one connection the second would wait forever.
 */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  /** The turn that the running code is part of. */
  readonly #inside = new AsyncLocalStorage<{ over: boolean }>();

  /** Whether the running code is part of a turn. */
  get isInside(): boolean {
    return this.#inside.getStore()?.over === false;
  }

  /** Whether somebody has a turn, or waits for one. */
  get isBusy(): boolean {
    return this.#waiting > 0;
  }

  /** Waits until there is no turn, those included that are asked for meanwhile. */
  async settled(): Promise<void> {
    while (this.isBusy) await this.#last;
  }

  /** @throws MikroscopeError `InvalidState` when called from inside a turn, which would wait for itself */
  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.isInside) return Promise.reject(insideTurn());
    const mark = { over: false };
    this.#waiting++;
    const begin = () =>
      this.#inside.run(mark, work).finally(() => {
        mark.over = true;
        this.#waiting--;
      });
    const turn = this.#last.then(begin, begin);
    // Not the turn itself: its result would be kept until the next.
    this.#last = turn.then(noop, noop);
    return turn;
  }
}

function insideTurn(): MikroscopeError {
  return new MikroscopeError(
    'InvalidState',
    'The session cannot be asked while it is at work, as in a lifecycle hook',
    "Use the hook's own em there, or do it after the commit.",
  );
}

function noop(): void {}
