import { AsyncLocalStorage } from 'node:async_hooks';

/** Thrown into a statement that the person interrupted, where it next waits or loops. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('The statement was interrupted.');
  }
}

interface Statement {
  interrupted: boolean;
  readonly abandon: (reason: Interrupted) => void;
}

/** How long a loop may run, in milliseconds, before it lets the terminal look for Ctrl-C. */
const uninterruptedMs = 50;

/**
 * Which statement is running, so that Ctrl-C reaches all of it and nothing else: also an async function that an
 * earlier line defined and this one called.
 */
export class Interrupts {
  readonly #current = new AsyncLocalStorage<Statement>();
  readonly #stop: Int32Array;
  #running: Statement | undefined;
  #anyInterrupted = false;
  #turns = 0;
  #deadline = 0;

  /** @param stop memory that another thread sets to 1 to stop code that never waits */
  constructor(stop: Int32Array) {
    this.#stop = stop;
  }

  /** Runs a statement; `interrupt` makes it reject at once, and stops its code at the next checkpoint. */
  async run<T>(start: () => Promise<T>): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>();
    const statement: Statement = { interrupted: false, abandon: reject };
    this.#running = statement;
    Atomics.store(this.#stop, 0, 0);
    this.#deadline = performance.now() + uninterruptedMs;
    try {
      const running = this.#current.run(statement, start);
      running.catch(() => undefined);
      return await Promise.race([running, promise]);
    } finally {
      this.#running = undefined;
    }
  }

  /** @returns whether there was a statement to interrupt */
  interrupt(): boolean {
    const statement = this.#running;
    if (!statement) return false;
    statement.interrupted = this.#anyInterrupted = true;
    statement.abandon(new Interrupted());
    return true;
  }

  /** A checkpoint after every wait. */
  check(): void {
    if (this.#anyInterrupted && this.#current.getStore()?.interrupted) throw new Interrupted();
  }

  /** A checkpoint in every turn of a loop that cannot wait. */
  turn(): void {
    if (Atomics.load(this.#stop, 0) !== 0) throw new Interrupted();
  }

  /** A checkpoint in every turn of a loop that can: whether it is time to `pause`. */
  due(): boolean {
    return (++this.#turns & 15) === 0 && performance.now() > this.#deadline;
  }

  /** Lets timers, signals and the terminal have their turn. */
  async pause(): Promise<void> {
    await new Promise(resolve => setImmediate(resolve));
    this.#deadline = performance.now() + uninterruptedMs;
    this.check();
  }
}
