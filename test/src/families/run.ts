import type { Dialect } from '../../support/databases.ts';
import { type Both, openBoth } from './both.ts';
import { scriptOf } from './combinations.ts';
import { families } from './family.ts';
import { play } from './play.ts';
import type { Combination } from './scripts.ts';

interface Failure extends Combination {
  readonly error: Error;
}

/**
 * Plays combinations, all in one session. One that fails is played again in a fresh session, so that it is not the fault
 * of those before it.
 */
export async function run(
  dialect: Dialect,
  combinations: Iterable<Combination>,
): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  let shared = await openBoth(dialect);
  try {
    for (const combination of combinations) {
      if ((await tried(shared, combination)) === undefined) continue;
      await shared.close();
      shared = await openBoth(dialect);
      const error = await tried(shared, combination);
      if (error !== undefined) failures.push({ ...combination, error });
    }
  } finally {
    await shared.close();
  }
  return failures;
}

async function tried(both: Both, combination: Combination): Promise<Error | undefined> {
  const family = families.get(combination.kind);
  if (family === undefined) throw new Error(`no family of ${combination.kind}`);
  try {
    await play({ ...both, family }, scriptOf(combination));
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
