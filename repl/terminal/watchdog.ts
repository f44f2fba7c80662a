import { Worker } from 'node:worker_threads';
import { ownFile } from '../own-package.ts';
import type { ShellOptions } from '../shell.ts';

/** How often the main thread shows that its event loop runs. */
const pulseMs = 50;

/** What the watchdog thread read: the keys apart from Ctrl-C, and the number of the statement that Ctrl-C stops. */
export interface Read {
  readonly keys: string;
  readonly stopped: number | undefined;
}

/** The memory that the two threads share. */
export interface Shared {
  /** The number of the running statement, or 0. */
  readonly running: Int32Array;
  /** A count that grows as long as the event loop of the main thread runs. */
  readonly pulse: Int32Array;
  /** Set to 1 to stop the running statement. */
  readonly stop: Int32Array;
}

/**
 * Reads Ctrl-C where the main thread cannot. Code that never waits blocks the event loop; another thread notices,
 * reads the terminal instead, and stops the code.
 */
export class Watchdog {
  readonly #shared: Shared = { running: word(), pulse: word(), stop: word() };

  readonly #worker: Worker;
  #count = 0;

  /** @param onError told why the thread ended: without a terminal to read, Ctrl-C works only while code waits */
  constructor(onError: (error: unknown) => void = () => undefined) {
    this.#worker = new Worker(ownFile('repl/terminal/watchdog-thread.ts'), { workerData: this.#shared });
    this.#worker.on('error', onError);
    this.#worker.unref();
    setInterval(() => Atomics.add(this.#shared.pulse, 0, 1), pulseMs).unref();
  }

  /** How the thread stops the running statement. */
  get stop(): NonNullable<ShellOptions['stop']> {
    return { flag: this.#shared.stop, sendsSigint: true };
  }

  /**
   * Takes what was typed while the event loop was blocked.
   *
   * @param type called with the keys, apart from Ctrl-C
   * @param stop stops the running statement, if it went on to wait before it noticed the stop
   */
  onRead(type: (keys: string) => void, stop: () => void): void {
    this.#worker.on('message', ({ keys, stopped }: Read) => {
      if (keys !== '') type(keys);
      if (stopped !== undefined && stopped === Atomics.load(this.#shared.running, 0)) stop();
    });
    this.#worker.unref();
  }

  /** Tells the thread whether a statement is running. */
  watch(running: boolean): void {
    Atomics.store(this.#shared.running, 0, running ? ++this.#count : 0);
    Atomics.notify(this.#shared.running, 0);
  }
}

function word(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4));
}
