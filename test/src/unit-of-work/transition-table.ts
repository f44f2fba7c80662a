import {
  type Outcome,
  type TransactionState,
  TRANSITIONS,
} from '../../../src/unit-of-work/transaction-states.ts';

export const STATES: readonly TransactionState[] = ['idle', 'open', 'nested', 'failed', 'closed'];

/** The table of the code as Markdown. */
export function transitionTable(): string {
  const rows = Object.entries(TRANSITIONS).map(([call, outcomes]) => [
    `\`${call}\``,
    ...STATES.map(state => cell(outcomes[state])),
  ]);
  const all = [['', ...STATES], ...rows];
  const widths = all[0]?.map((_, i) => Math.max(...all.map(row => row[i]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) =>
    `| ${row.map((text, i) => text.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = all;
  return [line(head), line(widths.map(width => '-'.repeat(width))), ...body.map(line)].join('\n');
}

function cell(outcome: Outcome): string {
  if (outcome.kind === 'refused') return 'refused';
  if (outcome.kind === 'loses') return 'fails, idle';
  return outcome.needs === undefined ? outcome.to.join(', ') : `${outcome.to.join(', ')} ¹`;
}
