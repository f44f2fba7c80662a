import { Worker } from 'node:worker_threads';
import { ownFile } from '../../own-package.ts';
import type { ShellOptions } from '../../shell.ts';

/** The memory that the two threads share. */
export interface Shared {
  /** A count that grows as long as the event loop of the main thread runs. */
  readonly pulse: Int32Array;
  /** Set to 1 to stop the running statement. */
  readonly stop: Int32Array;
  /** How long the event loop may stand still before. */
  readonly limitMs: number;
}

const pulseMs = 200;

let started: Shared | undefined;

/**
 * Has code stopped that nobody watches and that never waits, such as an endless loop of a lesson: another thread does, once
 * the event loop has stood still for as long as a statement may take.
 *
 * @returns for the shell whose statements are to be stopped
 */
export function stopAtStandstill(limitMs: number): NonNullable<ShellOptions['stop']> {
  started ??= start(limitMs);
  return { flag: started.stop, sendsSigint: false };
}

function start(limitMs: number): Shared {
  const shared = { pulse: word(), stop: word(), limitMs };
  new Worker(ownFile('repl/cli/lesson/standstill-thread.ts'), { workerData: shared }).unref();
  setInterval(() => Atomics.add(shared.pulse, 0, 1), pulseMs).unref();
  return shared;
}

function word(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4));
}
