import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Comparison, comparisons, type Side } from './comparisons.ts';

/** In one process the first rounds warm up; a process of its own never gets warm. */
const ROUNDS = { inProcess: 9, wholeProcess: 5 } as const;
const WARM_UP = 2;

const [name, side] = process.argv.slice(2);
if (name === undefined) await compareAll();
else await inFolder(folder => once(comparisons.find(one => one.name === name)?.[side as Side], folder));

/** Both sides by turns, so that what slows the machine down slows both. */
async function compareAll(): Promise<void> {
  console.log(`${'ms'.padEnd(34)}      session    plain    ratio  at most`);
  for (const comparison of comparisons) {
    const inside = await rounds(ROUNDS.inProcess, kind => inFolder(folder => once(comparison[kind], folder)));
    print(comparison, 'in process', inside, WARM_UP);
    const whole = await rounds(ROUNDS.wholeProcess, kind => wholeProcess(comparison.name, kind));
    print(comparison, 'whole process', whole, 0);
  }
}

type Times = Record<Side, number[]>;

async function rounds(count: number, time: (side: Side) => Promise<number>): Promise<Times> {
  const times: Times = { session: [], plain: [] };
  for (let i = 0; i < count; i++)
    for (const kind of ['plain', 'session'] as const) times[kind].push(await time(kind));
  return times;
}

/** The time of the work alone, on a database that is ready. */
async function once(prepare: Comparison[Side] | undefined, folder: string): Promise<number> {
  if (prepare === undefined) throw new Error('There is no such comparison');
  const { work, close } = await prepare(folder);
  const start = performance.now();
  await work();
  const took = performance.now() - start;
  await close();
  return took;
}

/** From the start of `node` to its end, with all that it loads and the making of the data. */
async function wholeProcess(comparison: string, kind: Side): Promise<number> {
  const start = performance.now();
  await promisify(execFile)(process.execPath, [import.meta.filename, comparison, kind]);
  return performance.now() - start;
}

function print(comparison: Comparison, where: string, times: Times, skip: number): void {
  const [ours, theirs] = [median(times.session.slice(skip)), median(times.plain.slice(skip))];
  const numbers = [ours.toFixed(1), theirs.toFixed(1), (ours / theirs).toFixed(2), String(comparison.limit)];
  console.log(
    `${comparison.name.padEnd(34)} ${where.padEnd(14)}${numbers.map(n => n.padStart(8)).join(' ')}`,
  );
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'mikroscope-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
