import { constants, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { Read, Shared } from './watchdog.ts';

/** How long the event loop of the main thread may be blocked before this thread reads the terminal. */
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
  // Typed loops check the flag and stop. Other code needs the signal, which is sent only while the main thread is
  // blocked, so that it cannot arrive between two handlers.
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
