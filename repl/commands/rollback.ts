import type { Command } from './command.ts';

export const rollback: Command = {
  name: 'rollback',
  group: 'Session',
  summary: 'Undo everything since the last commit, in memory and in the database.',
  usage: 'rollback()',
  type: '() => ChangeReport',
  example: ['> add(user)', '> rollback()', 'rolled back 1 new (User)'],
  run: (_, { session }) => session.rollback(),
};
