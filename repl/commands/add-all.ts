import type { Command } from './command.ts';

export const addAll: Command = {
  name: 'addAll',
  group: 'Session',
  summary: 'Stage several objects.',
  usage: 'addAll([object, …])',
  type: '(entities: Entity[]) => void',
  example: ['> addAll([post_1, post_2])', '> commit()', 'committed 2 new (Post)'],
  run: ([entities], { session }) => session.addAll(entities as object[]),
};
