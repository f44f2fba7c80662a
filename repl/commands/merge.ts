import type { Command } from './command.ts';

export const merge: Command = {
  name: 'merge',
  group: 'Session',
  summary: "Copy a detached object onto the session's own object for its row, and return that.",
  usage: 'merge(object)',
  type: '<T>(entity: T) => T',
  example: ['> expunge(user)', '> user = merge(user)'],
  run: ([entity], { session }) => session.merge(entity as object),
};
