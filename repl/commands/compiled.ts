import { MikroscopeError } from '../../src/index.ts';
import { text } from '../answer/show-as.ts';
import type { Command } from './command.ts';

export const compiled: Command = {
  name: 'compiled',
  form: 'dotted',
  group: 'Shell',
  summary: 'Show the JavaScript that the last line was compiled to.',
  usage: '.compiled',
  example: ['> x = 1', '> .compiled', '(__ms, __s, __now) => async () => { (__s.x = 1);', '}'],
  run(_, context) {
    if (context.compiled === undefined)
      throw new MikroscopeError('NotFound', 'Nothing has been compiled yet', 'Type a line first.');
    return text(context.compiled);
  },
};
