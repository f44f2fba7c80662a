import type { Dialect } from '../../dialects/dialect.ts';
import { isOfEarlier } from '../../dialects/failure.ts';
import type { Location } from '../../dialects/location.ts';
import { MikroscopeError } from '../../errors.ts';
import type { OpenConnection } from '../../mikro-orm/interceptor.ts';
import { isReadOnlyRefusal } from './is-read-only-refusal.ts';

/**
 * Tries to write on a connection, before anything else can be sent on it.
 *
 * @throws MikroscopeError `Unguarded` if the database does not refuse it as a write
 */
export async function assertRefused(
  run: OpenConnection['run'],
  dialect: Dialect,
  place: Location,
): Promise<void> {
  const { beforeStatement, harmlessWrite } = dialect.readOnly;
  let why: unknown;
  try {
    if (beforeStatement !== undefined) await run(beforeStatement);
    await run(harmlessWrite);
  } catch (error) {
    if (isReadOnlyRefusal(dialect, error)) return;
    if (isOfEarlier(dialect, error)) throw error;
    why = error;
  }
  throw notRefused(place, why);
}

/** @param why the error of the write, if it failed for another reason */
export function notRefused({ url }: Location, why?: unknown): MikroscopeError {
  return new MikroscopeError(
    'Unguarded',
    `${url} cannot be opened read-only: a write was not refused`,
    'Connect as a user that may only read, and leave --read-only out.',
    { cause: why },
  );
}
