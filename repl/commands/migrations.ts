import { table } from '../answer/show-as.ts';
import type { Command } from './command.ts';

export const migrations: Command = {
  name: 'migrations',
  group: 'Project',
  summary: 'List the migrations, and when each ran.',
  usage: 'migrations()',
  type: '() => object[]',
  example: [
    '> migrations()',
    'Migration20260105120000  2026-01-05 12:03:07',
    'Migration20260106090000  pending',
  ],
  isUseful: ({ session }) => session.extensions.migrations,
  run: async (_, { session }) =>
    table(
      await session.migrations(),
      [
        { name: 'migration', cell: ({ name }) => name },
        { name: 'executed', cell: ({ executedAt }) => executedAt ?? 'pending' },
      ],
      'no migrations',
    ),
};
