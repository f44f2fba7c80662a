// The numbers in the names are those of docs/session.md.
import { describe, expect, it } from '@jest/globals';
import { dialects } from '../../support/databases.ts';
import { combinations } from './combinations.ts';
import { kinds } from './kinds.ts';
import { run } from './run.ts';

/** How many there are for each that a database plays: a server takes longer. */
const share: Readonly<Record<string, number>> = { sqlite: 1, postgresql: 7 };

describe.each(dialects)('every combination on %s', dialect => {
  const chosen = combinations.filter((_, index) => index % (share[dialect] ?? 7) === 0);

  it.each(Object.keys(kinds))('8, 18, 19, 33 to 36, 40, 41: of %s', async kind => {
    const played = chosen.filter(one => one.kind === kind);
    const failures = await run(dialect, played);
    const [smallest] = failures.toSorted((a, b) => a.error.message.length - b.error.message.length);
    if (smallest !== undefined)
      throw new Error(`${failures.length} of ${played.length} fail, the smallest ${smallest.error.message}`, {
        cause: smallest.error.cause,
      });
    expect(played.length).toBeGreaterThan(0);
  });
});
