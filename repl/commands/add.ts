import type { Command } from './command.ts';

export const add: Command = {
  name: 'add',
  group: 'Session',
  summary: 'Stage an object: commit() will save it.',
  usage: 'add(object)',
  type: '(entity: Entity) => void',
  example: ['> add(user)', '> session.new', "[ User('Corey', 'c@demo.com') ]"],
  run: ([entity], { session }) => session.add(entity as object),
};
