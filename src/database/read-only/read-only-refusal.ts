import type { Dialect } from '../../dialects/dialect.ts';
import { asDriverError } from '../../dialects/failure.ts';

/** Whether an error is the database's refusal of a write. */
export function isReadOnlyRefusal({ failureOf }: Dialect, error: unknown): boolean {
  return failureOf(asDriverError(error))?.kind === 'read-only';
}
