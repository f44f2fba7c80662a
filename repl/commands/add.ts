import type { Command } from './command.ts';

export const add: Command = {
  name: 'add',
  group: 'Session',
  summary: 'Stage an object: commit() will save it.',
  usage: 'add(object)',
  example: [
    "> add(new User({ username: 'Corey', email: 'c@demo.com', password: 'password' }))",
    '> commit()',
    'committed 1 new (User)',
  ],
  run: ([entity], { session }) => session.add(entity as object),
};
