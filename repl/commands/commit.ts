import type { Command } from './command.ts';

export const commit: Command = {
  name: 'commit',
  group: 'Session',
  summary: 'Save everything staged, in one transaction.',
  usage: 'commit()',
  type: '() => ChangeReport',
  example: ['> add(user)', '> commit()', 'committed 1 new (User)'],
  run: (_, { session }) => session.commit(),
};
