import { showAs } from '../answer/show-as.ts';
import type { Command } from './command.ts';

export const migrate: Command = {
  name: 'migrate',
  group: 'Project',
  summary: 'Run the migrations that have not run yet.',
  usage: 'migrate()',
  type: '() => string[]',
  example: ['> migrate()', 'migrated Migration20260105120000'],
  isUseful: ({ session }) => session.extensions.migrations,
  async run(_, { session }) {
    const names = await session.migrate();
    const report = names.length === 0 ? 'nothing to migrate' : `migrated ${names.join(', ')}`;
    return showAs(names, () => ({ kind: 'text', text: report }));
  },
};
