// The numbers in the names are those of docs/session.md.
import { describe, it } from '@jest/globals';
import { asyncProperty, check } from 'fast-check';
import { withMariadb } from '../../support/databases.ts';
import { openBoth } from './both.ts';
import { play } from './play.ts';
import { isPossible } from './possible.ts';
import { scriptOf, sequences } from './sequences.ts';

/**
 * RANDOM_RUNS says how many sequences are tried. A failure names its seed and path: RANDOM_REPLAY=17:3:0 runs that one
 * sequence again.
 */
const { RANDOM_RUNS = '200', RANDOM_REPLAY = '' } = process.env;
const [, seed, path] = /^(-?\d+):(.+)$/.exec(RANDOM_REPLAY) ?? [];
const replay = path === undefined ? {} : { seed: Number(seed), path };

/** How many are tried for each that a database tries: a server takes ten times as long for one. */
const share: Readonly<Record<string, number>> = { sqlite: 1, postgresql: 10, mariadb: 50 };

describe.each(withMariadb)('random sequences on %s', dialect => {
  // The steps expect.
  // oxlint-disable-next-line jest/expect-expect
  it('8, 11, 18, 19, 31, 33, 34, 35, 40: memory and database hold what a simple model says', async () => {
    let both = await openBoth(dialect);
    const property = asyncProperty(sequences, async ([family, sequence]) => {
      try {
        await play({ ...both, family, names: ['a', 'b', 'c'], isPossible }, scriptOf(sequence));
      } catch (error) {
        await both.close();
        both = await openBoth(dialect);
        throw error;
      }
    });
    try {
      const numRuns = Math.ceil(Number(RANDOM_RUNS) / (share[dialect] ?? 10));
      const found = await check(property, { numRuns, ...replay });
      if (!found.failed) return;
      const [[family, sequence] = []] = found.counterexample ?? [];
      throw new Error(
        `RANDOM_REPLAY=${found.seed}:${found.counterexamplePath} fails: ${family?.names.join(', ')}: ${JSON.stringify(sequence)}`,
        { cause: found.errorInstance },
      );
    } finally {
      await both.close();
    }
    // Twenty thousand take seven minutes, and on a busy machine an hour.
  }, 7_200_000);
});
