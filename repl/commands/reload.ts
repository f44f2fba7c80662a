import { text } from '../answer/show-as.ts';
import { reload as reloadProject } from '../reload/reload.ts';
import type { Command } from './command.ts';

export const reload: Command = {
  name: 'reload',
  group: 'Project',
  summary: 'Load changed entity files; variables that hold entities hold the same rows afterwards.',
  usage: 'reload()',
  type: '() => void',
  example: ['> reload()', 'reloaded 5 entities (+ Tag)'],
  isUseful: ({ reopening }) => reopening !== undefined,
  run: async (_, context) => text(await reloadProject(context, context.reopening)),
};
