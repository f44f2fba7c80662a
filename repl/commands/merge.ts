import type { Command } from './command.ts';

export const merge: Command = {
  name: 'merge',
  group: 'Session',
  summary: 'Get the managed object for the row of a detached one, with the values of the detached one.',
  usage: 'merge(object)',
  example: ['> expunge(user)', '> user = merge(user)'],
  run: ([entity], { session }) => session.merge(entity as object),
};
