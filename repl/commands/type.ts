import { MikroscopeError } from '../../src/index.ts';
import { text } from '../answer/show-as.ts';
import type { Command } from './command.ts';

export const type: Command = {
  name: 'type',
  form: 'dotted',
  group: 'Shell',
  summary: 'Tell the type of an expression, which is not run.',
  usage: '.type expression',
  example: ['> .type User.query.all().map(u => u.username)', 'string[]', '> .type user', 'User'],
  async run([expression], context) {
    if (typeof expression !== 'string')
      throw new MikroscopeError(
        'BadArgument',
        '.type takes an expression',
        'Write .type User.query.first().',
      );
    return text(await context.compiledTypeOf(expression));
  },
};
