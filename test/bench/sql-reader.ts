import { readStatements } from '../../src/sql/statement.ts';
import type { SqlFamily } from '../../src/sql/token.ts';
import { REPEATED } from '../src/sql/repeated.ts';

/**
 * The reader of SQL takes time in proportion to the text, whatever the text repeats: for each part, the CPU time of
 * a text beside that of one an eighth as long, each the least of several rounds. Quadratic time would be 64 times as long.
 */
const MOST = 32;
const ROUNDS = 3;

interface Growth {
  readonly part: string;
  readonly family: SqlFamily;
  readonly ratio: number;
}

const growths: Growth[] = [];
for (const family of ['sqlite', 'postgresql', 'mysql'] as const) {
  for (const part of REPEATED) growths.push(growth(part, family, 5000));
  // What looks for a single character is so fast that it shows in long texts only.
  growths.push(growth('-- a comment of one line\n', family, 250_000));
}
growths.sort((one, other) => other.ratio - one.ratio);

console.log(`8 times the text of SQL, at most ${MOST} times   ratio`);
for (const { part, family, ratio } of growths.slice(0, 3)) {
  console.log(`${`${JSON.stringify(part)} (${family})`.padEnd(41)} ${ratio.toFixed(1).padStart(8)}`);
}

function growth(part: string, family: SqlFamily, length: number): Growth {
  const short = time(part, family, length);
  return { part, family, ratio: time(part, family, length * 8) / Math.max(short, 1) };
}

/** The CPU time of reading this text, in ms. */
function time(part: string, family: SqlFamily, length: number): number {
  const sql = part.repeat(Math.ceil(length / part.length));
  const times = Array.from({ length: ROUNDS }, () => {
    // Another text in between, as the last one is remembered.
    readStatements('', family);
    const start = process.cpuUsage();
    readStatements(sql, family);
    return process.cpuUsage(start).user / 1000;
  });
  return Math.min(...times);
}
