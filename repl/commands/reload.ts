import type { Command } from './command.ts';
import { HelpText } from './help.ts';

export const reload: Command = {
  name: 'reload',
  group: 'Project',
  summary: 'Take in changed entity files; variables that hold entities hold them again.',
  usage: 'reload()',
  example: ['> reload()', 'reloaded 5 entities (+ Tag)'],
  isUseful: ({ reloads }) => reloads,
  run: async (_, context) => new HelpText(await context.reload()),
};
