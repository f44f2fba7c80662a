import type { SqlStatement } from '../../sql/statement.ts';

/** Whether a statement may start the events that a server has, whose bodies nobody was asked about. */
export function losesRows({ kind, text }: SqlStatement): boolean {
  return (kind === 'setting' || kind === 'ddl') && /event_scheduler/i.test(text);
}
