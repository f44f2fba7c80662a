// The numbers in the names are those of docs/session.md.
import { expect, it } from '@jest/globals';
import { dialects } from '../../support/databases.ts';
import { combinations } from './combinations.ts';
import { run } from './run.ts';

/** One of so many; a prime, so that all kinds, states and followings are met. product.test.ts plays all. */
const each = 97;

it.each(dialects)(
  '8, 18, 19, 33 to 36, 40, 41: some combinations of kinds, states and what happens on %s',
  async dialect => {
    const chosen = combinations.filter((_, index) => index % each === 0);
    expect(await run(dialect, chosen)).toEqual([]);
  },
);
