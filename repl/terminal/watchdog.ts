import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

/** How often the main thread shows that it is alive, in milliseconds. */
const pulseMs = 50;

/** What the other thread read: keys without Ctrl-C, and the number of the statement that Ctrl-C was for. */
export interface Read {
  readonly keys: string;
  readonly stopped: number | undefined;
}

/** What the two threads share: the number of the statement that runs, or 0, a count that goes on while the event loop does, and a stop. */
export interface Shared {
  readonly running: Int32Array;
  readonly pulse: Int32Array;
  readonly stop: Int32Array;
}

/**
 * Reads Ctrl-C where the main thread cannot: while code at the prompt runs and never waits, its event loop stands
 * still. Another thread sees that it does, reads the terminal in its place, and stops the code.
 */
export class Watchdog {
  readonly #shared: Shared = { running: word(), pulse: word(), stop: word() };

  readonly #worker: Worker;
  #count = 0;

  constructor() {
    const thread = new URL(`./watchdog-thread${extname(import.meta.url)}`, import.meta.url);
    this.#worker = new Worker(thread, { workerData: this.#shared });
    // Where it finds no terminal to read, the thread ends, and Ctrl-C works wherever code waits.
    this.#worker.on('error', () => undefined);
    this.#worker.unref();
    setInterval(() => Atomics.add(this.#shared.pulse, 0, 1), pulseMs).unref();
  }

  /** Set to 1 by the thread to stop a statement. */
  get stop(): Int32Array {
    return this.#shared.stop;
  }

  /**
   * Says who takes what was typed while the main thread stood still.
   *
   * @param stop stops the statement that runs: the main thread may go on before it notices
   */
  onRead(type: (keys: string) => void, stop: () => void): void {
    this.#worker.on('message', ({ keys, stopped }: Read) => {
      if (keys !== '') type(keys);
      if (stopped !== undefined && stopped === Atomics.load(this.#shared.running, 0)) stop();
    });
    this.#worker.unref();
  }

  /** Says whether a statement runs. */
  watch(running: boolean): void {
    Atomics.store(this.#shared.running, 0, running ? ++this.#count : 0);
    Atomics.notify(this.#shared.running, 0);
  }
}

function word(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4));
}
