import { MikroscopeError } from '../../src/index.ts';
import { ready } from '../answer/show-as.ts';
import type { Command } from './command.ts';

export const stack: Command = {
  name: 'stack',
  form: 'dotted',
  group: 'Shell',
  summary: 'Show the whole stack of the last error, and its causes.',
  usage: '.stack',
  example: [
    "> throw Object.assign(Error('late'), { stack: 'Error: late\\n    at a.ts:3' })",
    'Uncaught Error: late',
    '> .stack',
    'Uncaught Error: late',
    '    at a.ts:3',
  ],
  run(_, { scope }) {
    const last = scope.lastError;
    if (last === undefined)
      throw new MikroscopeError('NotFound', 'Nothing has failed yet', '.stack shows the last error.');
    return ready({ kind: 'trace', error: last.error });
  },
};
