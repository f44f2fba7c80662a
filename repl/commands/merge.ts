import type { Command } from './command.ts';

export const merge: Command = {
  name: 'merge',
  group: 'Session',
  summary: 'Find the managed twin of a detached object, with its values.',
  usage: 'merge(object)',
  example: ['> expunge(user)', '> user = merge(user)'],
  run: ([entity], { session }) => session.merge(entity as object),
};
