import type { Command } from './command.ts';

export const refresh: Command = {
  name: 'refresh',
  group: 'Session',
  summary: 'Read an object again now, and lose its unwritten changes.',
  usage: 'refresh(object)',
  type: '(entity: Entity) => void',
  example: ['> refresh(user)', '> user.username', "'Corey'"],
  run: ([entity], { session }) => session.refresh(entity as object),
};
