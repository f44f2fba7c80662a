import type { IsolationLevel } from '../../sql/isolation-level.ts';
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
 * @param takesTransactions whether SQL may begin and end them; those that it begins may only read
 * @throws MikroscopeError `ReadOnly`
 */
export function admitPostgres(sql: string, takesTransactions: boolean): string {
  const begin = takesTransactions ? beginReadOnly : undefined;
  return admitReading(sql, { family: 'postgresql', begin, settings: SETTINGS, writingFunction });
}

function beginReadOnly(isolation: IsolationLevel | undefined): string {
  return isolation === undefined ? 'begin read only' : `begin isolation level ${isolation}, read only`;
}
