import type { SqlStatement } from '../sql/statement.ts';

/** Whether a statement is a SET or RESET of nothing but these settings. */
export function isSettingOf(
  settings: ReadonlySet<string>,
  { kind, keyword, settings: named }: SqlStatement,
): boolean {
  return (
    kind === 'setting' &&
    (keyword === 'set' || keyword === 'reset') &&
    named.every(name => settings.has(name))
  );
}
