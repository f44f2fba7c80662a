import { spawnSync } from 'node:child_process';
import { constants, openSync, readSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { Read, Shared } from './watchdog.ts';

/** How long the event loop of the main thread may be blocked before this thread reads the terminal. */
const standstillMs = 200;
/** How long code has to stop before that counts as impossible. */
const stopMs = 1000;
const ctrlC = '\x03';

const cannotStop = `This cannot be stopped before it has ended: it runs in this process, as a statement of SQLite does.
Ctrl-C again ends mikroscope: what the statement has begun is undone, and what is not committed is lost.`;

const { running, pulse, stop } = workerData as Shared;
const never = new Int32Array(new SharedArrayBuffer(4));
let terminal: number | undefined;
/** The statement that Ctrl-C did not stop. */
let unstoppable: number | undefined;

for (;;) {
  Atomics.wait(running, 0, 0);
  if (!standsStill()) continue;
  const statement = Atomics.load(running, 0);
  if (!passKeys(statement)) continue;
  if (statement === unstoppable) end();
  Atomics.store(stop, 0, 1);
  // Typed loops check the flag and stop. Other code needs the signal, which is sent only while the main thread is
  // blocked, so that it cannot arrive between two handlers.
  if (!standsStill()) continue;
  process.kill(process.pid, 'SIGINT');
  if (!standsStill(stopMs) || Atomics.load(running, 0) !== statement) continue;
  unstoppable = statement;
  // A key that was pressed before this is said is no answer to it.
  passKeys(statement);
  say(cannotStop);
}

/** Passes on what was typed. @returns whether Ctrl-C was among it, which stops the statement */
function passKeys(statement: number): boolean {
  const keys = readKeys();
  const stops = keys.includes(ctrlC);
  const stopped = stops ? statement : undefined;
  if (keys !== '') parentPort?.postMessage({ keys: keys.replaceAll(ctrlC, ''), stopped } satisfies Read);
  return stops;
}

/** Nothing else can end code that V8 does not run: the main thread handles the other signals, and does not come to that. */
function end(): void {
  // The terminal would be left as the shell has set it, marking what is pasted.
  writeSync(openSync('/dev/tty', constants.O_WRONLY), '\x1B[?2004l');
  spawnSync('stty', ['sane'], { stdio: [terminal ?? 'ignore', 'ignore', 'ignore'] });
  process.kill(process.pid, 'SIGKILL');
}

function say(text: string): void {
  writeSync(openSync('/dev/tty', constants.O_WRONLY), `${text}\n`);
}

function standsStill(milliseconds = standstillMs): boolean {
  const before = Atomics.load(pulse, 0);
  Atomics.wait(never, 0, 0, milliseconds);
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
