/** What a project sets for its connections, and what lifts neither `--read-only` nor `--sandbox`. */
export const SETTINGS: ReadonlySet<string> = new Set([
  'time_zone',
  'names',
  'transaction read only',
  'transaction isolation level read uncommitted',
  'transaction isolation level read committed',
  'transaction isolation level repeatable read',
  'transaction isolation level serializable',
]);
