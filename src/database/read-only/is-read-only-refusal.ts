import type { Dialect } from '../../dialects/dialect.ts';
import { asDriverError } from '../../dialects/failure.ts';

/** Whether an error is the database's refusal of a write. */
export function isReadOnlyRefusal(dialect: Dialect, error: unknown): boolean {
  return dialect.failureOf(asDriverError(error))?.kind === 'read-only';
}
