import type { Command } from './command.ts';

export const expire: Command = {
  name: 'expire',
  group: 'Session',
  summary: 'Let an object be read again when it is next looked at.',
  usage: 'expire(object)',
  example: ['> expire(user)'],
  run: ([entity], { session }) => session.expire(entity as object),
};
