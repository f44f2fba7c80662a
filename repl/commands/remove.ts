import type { Command } from './command.ts';

export const remove: Command = {
  name: 'remove',
  group: 'Session',
  summary: 'Stage the deletion of an object.',
  usage: 'remove(object)',
  type: '(entity: Entity) => void',
  example: ['> remove(user)', '> commit()', 'committed 1 removed (User)'],
  run: ([entity], { session }) => session.remove(entity as object),
};
