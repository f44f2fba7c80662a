// The numbers in the names are those of docs/session.md.
import { describe, it } from '@jest/globals';
import { array, asyncProperty, check, constantFrom, nat, tuple } from 'fast-check';
import { library } from '../fixtures/library.ts';
import { dialects, inSession } from '../../support/databases.ts';
import { KINDS, Model, type Step } from './model.ts';

/**
 * RANDOM_RUNS says how many sequences are tried. A failure names its seed and path: RANDOM_REPLAY=17:3:0 runs that one
 * sequence again.
 */
const { RANDOM_RUNS = '200', RANDOM_REPLAY = '' } = process.env;
const [, seed, path] = /^(-?\d+):(.+)$/.exec(RANDOM_REPLAY) ?? [];
const replay = path === undefined ? {} : { seed: Number(seed), path };

const steps = array(tuple(constantFrom(...KINDS), nat(7), nat(7)), {
  minLength: 3,
  maxLength: 25,
  size: 'max',
});

describe.each(dialects)('random sequences on %s', dialect => {
  // The model expects at every step.
  // oxlint-disable-next-line jest/expect-expect
  it('8, 18, 19: memory and database hold what a simple model says', async () => {
    const test: Parameters<typeof inSession>[1] = async session => {
      const property = asyncProperty(steps, async sequence => {
        await session.rollback();
        session.em.clear();
        for (const table of ['label_posts', 'label', 'post', '"user"'])
          await session.em.execute(`delete from ${table}`);
        const model = new Model(session);
        for (const step of [...sequence, ['commit', 0, 0] satisfies Step]) await model.step(step);
      });
      // A server takes seven times as long for one.
      const numRuns = Math.ceil(Number(RANDOM_RUNS) / (dialect === 'sqlite' ? 1 : 7));
      const found = await check(property, { numRuns, ...replay });
      if (!found.failed) return;
      const [sequence] = found.counterexample ?? [];
      throw new Error(
        `RANDOM_REPLAY=${found.seed}:${found.counterexamplePath} fails: ${sequence?.map(step => step.join(' ')).join(', ')}`,
        { cause: found.errorInstance },
      );
    };
    // In memory, as thousands of sequences commit often.
    await inSession(dialect, test, {
      entities: library,
      ...(dialect === 'sqlite' ? { url: 'sqlite::memory:' } : {}),
    });
  }, 300_000);
});
