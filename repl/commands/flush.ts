import type { Command } from './command.ts';

export const flush: Command = {
  name: 'flush',
  group: 'Session',
  summary: 'Write what is staged, and let rollback() still undo it.',
  usage: 'flush()',
  type: '() => ChangeReport',
  example: ['> add(user)', '> flush()', 'flushed 1 new (User)'],
  run: (_, { session }) => session.flush(),
};
