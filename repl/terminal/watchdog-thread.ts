import { constants, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { Read, Shared } from './watchdog.ts';

/** How long the main thread may stand still, in milliseconds, before the terminal is read in its place. */
const standstillMs = 200;
const ctrlC = '\x03';

const { running, pulse, stop } = workerData as Shared;
const never = new Int32Array(new SharedArrayBuffer(4));
let terminal: number | undefined;

for (;;) {
  Atomics.wait(running, 0, 0);
  if (!standsStill()) continue;
  const statement = Atomics.load(running, 0);
  const keys = readKeys();
  const stopped = keys.includes(ctrlC) ? statement : undefined;
  if (keys !== '') parentPort?.postMessage({ keys: keys.replaceAll(ctrlC, ''), stopped } satisfies Read);
  if (stopped === undefined) continue;
  Atomics.store(stop, 0, 1);
  // Loops that were typed stop by themselves. For other code there is the signal; sent only while the main thread
  // stands still, it cannot arrive between two handlers.
  if (standsStill()) process.kill(process.pid, 'SIGINT');
}

function standsStill(): boolean {
  const before = Atomics.load(pulse, 0);
  Atomics.wait(never, 0, 0, standstillMs);
  return Atomics.load(running, 0) !== 0 && Atomics.load(pulse, 0) === before;
}

function readKeys(): string {
  terminal ??= openSync('/dev/tty', constants.O_RDONLY | constants.O_NONBLOCK);
  const buffer = Buffer.alloc(4096);
  try {
    return buffer.toString('utf8', 0, readSync(terminal, buffer));
  } catch (error) {
    if ((error as { code?: string }).code === 'EAGAIN') return '';
    throw error;
  }
}
