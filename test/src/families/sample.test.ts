// The numbers in the names are those of docs/session.md.
import { expect, it } from '@jest/globals';
import { withMariadb } from '../../support/databases.ts';
import { combinations } from './combinations.ts';
import { run } from './run.ts';

/**
 * One of so many; a prime, so that all kinds, states and followings are met. product.test.ts plays all on the others than
 * MariaDB, which takes seconds to make the tables for each kind.
 */
const share: Readonly<Record<string, number>> = { mariadb: 13 };

it.each(withMariadb)(
  '8, 18, 19, 33 to 36, 40, 41: some combinations of kinds, states and what happens on %s',
  async dialect => {
    const chosen = combinations.filter((_, index) => index % (share[dialect] ?? 97) === 0);
    expect(await run(dialect, chosen)).toEqual([]);
  },
);
