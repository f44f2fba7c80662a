import { admitReading } from '../read-only-statement.ts';
import { writingFunction } from './lasting-functions.ts';

/** What a project sets for its connections, and what lifts neither `--read-only` nor `--sandbox`. */
const SETTINGS: ReadonlySet<string> = new Set([
  'role',
  'search_path',
  'time zone',
  'timezone',
  'client_encoding',
  'statement_timeout',
  'lock_timeout',
  // RESET ALL
  'all',
]);

/**
 * The statement to send in place of the given one to a read-only PostgreSQL.
 *
 * @param begin begins a transaction that may only read; undefined if SQL may not begin or end any
 * @throws MikroscopeError `ReadOnly`
 */
export function admitPostgres(sql: string, begin: string | undefined): string {
  return admitReading(sql, { family: 'postgresql', begin, settings: SETTINGS, writingFunction });
}
