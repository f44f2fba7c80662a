import type { Command } from './command.ts';

export const expire: Command = {
  name: 'expire',
  group: 'Session',
  summary: 'Read an object again when it is next used.',
  usage: 'expire(object)',
  type: '(entity: Entity) => void',
  example: ['> expire(user)'],
  run: ([entity], { session }) => session.expire(entity as object),
};
