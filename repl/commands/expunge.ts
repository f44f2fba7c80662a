import type { Command } from './command.ts';

export const expunge: Command = {
  name: 'expunge',
  group: 'Session',
  summary: 'Take an object out of the session; its row stays.',
  usage: 'expunge(object)',
  type: '(entity: Entity) => void',
  example: ['> expunge(user)', '> session.has(user)', 'false'],
  run: ([entity], { session }) => session.expunge(entity as object),
};
