import { AsyncLocalStorage } from 'node:async_hooks';
import { Atomics, now } from './language.ts';

/** Thrown into a statement that was interrupted, where it next waits or loops. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('The statement was interrupted.');
  }
}

interface RunningStatement {
  isInterrupted: boolean;
  readonly abandon: (reason: Interrupted) => void;
}

/** How long a loop may run before it lets the terminal look for Ctrl-C. */
const maxLoopMs = 50;

/** The clock is only read in every sixteenth turn of a loop. */
const turnMask = 15;

/**
 * Knows which statement is running, so that Ctrl-C stops all of it and nothing else: even an async function that an
 * earlier line defined and this one called.
 */
export class Interrupts {
  readonly #current = new AsyncLocalStorage<RunningStatement>();
  readonly #stop: Int32Array;
  #running: RunningStatement | undefined;
  #hasInterrupted = false;
  #turns = 0;
  #pauseAt = 0;

  /** @param stop memory that another thread sets to 1 to stop code that never waits */
  constructor(stop: Int32Array) {
    this.#stop = stop;
  }

  /** Runs a statement; `interrupt` stops its code. */
  async run<T>(start: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const statement: RunningStatement = { isInterrupted: false, abandon: reject };
    this.#running = statement;
    Atomics.store(this.#stop, 0, 0);
    this.#pauseAt = now() + maxLoopMs;
    // Only await is used once the statement runs: it may overwrite the methods of promises.
    const settle = async () => {
      try {
        resolve(await start());
      } catch (error) {
        reject(error);
      }
    };
    void this.#current.run(statement, settle);
    try {
      return await promise;
    } finally {
      this.#running = undefined;
    }
  }

  /**
   * Stops the running statement at the next checkpoint.
   *
   * @param abandons whether it rejects at once, and what it waits for is not waited for
   * @returns whether there was a statement to interrupt
   */
  interrupt(abandons: boolean): boolean {
    const statement = this.#running;
    if (!statement) return false;
    statement.isInterrupted = this.#hasInterrupted = true;
    if (abandons) statement.abandon(new Interrupted());
    return true;
  }

  /** The checkpoint after every wait. What SQLite gives comes at once, so that the terminal may get no turn between two. */
  check(): void {
    this.checkTurn();
    if (this.#hasInterrupted && this.#current.getStore()?.isInterrupted) throw new Interrupted();
  }

  /** The checkpoint in every turn of a loop that cannot wait. */
  checkTurn(): void {
    if (Atomics.load(this.#stop, 0) !== 0) throw new Interrupted();
  }

  /** The checkpoint at every row that becomes an object, which may be for a statement or for something else. */
  checkRow(): void {
    const statement = this.#current.getStore();
    if (statement?.isInterrupted) throw new Interrupted();
    if (statement !== undefined && statement === this.#running) this.checkTurn();
  }

  /** The checkpoint in every turn of a loop that can wait: whether it is time to {@link pause}. */
  isPauseDue(): boolean {
    return (++this.#turns & turnMask) === 0 && now() > this.#pauseAt;
  }

  /** The checkpoint in every turn of a walk: a promise if it is time to {@link pause}. */
  readonly checkpoint = (): Promise<void> | undefined => (this.isPauseDue() ? this.pause() : undefined);

  /** Lets timers, signals and the terminal have their turn. */
  async pause(): Promise<void> {
    await new Promise(resolve => setImmediate(resolve));
    this.#pauseAt = now() + maxLoopMs;
    this.check();
  }
}
