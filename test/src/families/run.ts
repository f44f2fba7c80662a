import type { Dialect } from '../../support/databases.ts';
import { type Both, openBoth } from './both.ts';
import { scriptOf } from './combinations.ts';
import { families } from './family.ts';
import { knownFor } from './known.ts';
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
      const failed = await tried(shared, combination);
      if (failed === undefined) continue;
      const isKnown = knownFor(combination) !== undefined;
      if (!isKnown || !(await isClean(shared))) {
        await shared.close();
        shared = await openBoth(dialect);
      }
      const error = isKnown ? failed : await tried(shared, combination);
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

/** Whether nothing of a failure is left in the session. */
async function isClean({ session }: Both): Promise<boolean> {
  try {
    await session.rollback();
    session.em.clear();
    return true;
  } catch {
    return false;
  }
}
