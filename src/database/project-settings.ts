import type { SqlStatement } from '../sql/statement.ts';

/** What a project sets for its connections, and what lifts neither `--read-only` nor `--sandbox`. */
const SETTINGS: Readonly<Record<'postgresql' | 'mysql', ReadonlySet<string>>> = {
  postgresql: new Set([
    'role',
    'search_path',
    'time zone',
    'timezone',
    'client_encoding',
    'statement_timeout',
    'lock_timeout',
    // RESET ALL
    'all',
  ]),
  mysql: new Set([
    'time_zone',
    'names',
    'transaction read only',
    'transaction isolation level read uncommitted',
    'transaction isolation level read committed',
    'transaction isolation level repeatable read',
    'transaction isolation level serializable',
  ]),
};

/** Whether a statement is a SET or RESET of nothing but such settings. */
export function isProjectSetting(
  { kind, keyword, settings }: SqlStatement,
  family: 'postgresql' | 'mysql',
): boolean {
  return (
    kind === 'setting' &&
    (keyword === 'set' || keyword === 'reset') &&
    settings.every(name => SETTINGS[family].has(name))
  );
}
