import { MikroscopeError } from '../../src/index.ts';
import type { Command } from './command.ts';

export const sql: Command = {
  name: 'sql',
  form: 'dotted',
  group: 'Shell',
  summary: 'Show the SQL that each statement runs; .sql off stops.',
  usage: '.sql on',
  argument: () => ['on', 'off'],
  example: ['> .sql on', '> User.query.count()', 'sql: select count(*) as `count` from `user` as `u0`', '2'],
  run([wanted], context) {
    if (wanted !== 'on' && wanted !== 'off')
      throw new MikroscopeError('BadArgument', '.sql takes on or off', 'Write .sql on, or .sql off.');
    context.showsSql = wanted === 'on';
  },
};
