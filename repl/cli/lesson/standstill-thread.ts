import { workerData } from 'node:worker_threads';
import type { Shared } from './standstill.ts';

const { pulse, stop, limitMs } = workerData as Shared;
const never = new Int32Array(new SharedArrayBuffer(4));

let last = -1;
let since = performance.now();
for (;;) {
  const now = Atomics.load(pulse, 0);
  if (now !== last) since = performance.now();
  last = now;
  if (performance.now() - since >= limitMs) Atomics.store(stop, 0, 1);
  Atomics.wait(never, 0, 0, Math.min(limitMs, 1000));
}
