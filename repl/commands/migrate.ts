import type { Command } from './command.ts';
import { HelpText } from './help.ts';

export const migrate: Command = {
  name: 'migrate',
  group: 'Project',
  summary: 'Run the migrations that have not run yet.',
  usage: 'migrate()',
  example: ['> migrate()', 'migrated Migration20260105120000'],
  isUseful: ({ session }) => session.extensions.migrations,
  async run(_, { session }) {
    const names = await session.migrate();
    return new HelpText(names.length === 0 ? 'nothing to migrate' : `migrated ${names.join(', ')}`);
  },
};
