import { columns } from './columns.ts';
import type { Command } from './command.ts';
import { HelpText } from './help.ts';

export const migrations: Command = {
  name: 'migrations',
  group: 'Project',
  summary: 'List the migrations, and when each ran.',
  usage: 'migrations()',
  example: [
    '> migrations()',
    'Migration20260105120000  2026-01-05 12:03:07',
    'Migration20260106090000  pending',
  ],
  isUseful: ({ session }) => session.extensions.migrations,
  async run(_, { session }) {
    const all = await session.migrations();
    return new HelpText(
      all.length === 0
        ? 'no migrations'
        : columns(all.map(({ name, executedAt }) => [name, executedAt ? timeOf(executedAt) : 'pending'])),
    );
  },
};

/** As a clock on the wall says it. */
function timeOf(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
