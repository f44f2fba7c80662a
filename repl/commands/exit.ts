import { ready } from '../answer/show-as.ts';
import type { Command } from './command.ts';

export const exit: Command = {
  name: 'exit',
  aliases: ['quit'],
  form: 'either',
  group: 'Shell',
  summary: 'Leave; also .exit, quit() and Ctrl-D.',
  usage: 'exit()',
  example: ['> exit()'],
  run: () => ready({ kind: 'exit' }),
};
