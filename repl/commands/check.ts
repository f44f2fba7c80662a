import { MikroscopeError } from '../../src/index.ts';
import type { Command } from './command.ts';

export const check: Command = {
  name: 'check',
  form: 'dotted',
  group: 'Shell',
  summary:
    'Refuse lines that have type errors before they run; what may be null is let through. .check off stops.',
  usage: '.check on',
  argument: () => ['on', 'off'],
  example: [
    '> .check on',
    '> const name: string = 1',
    'const name: string = 1',
    '      ^',
    "Uncaught TypeMismatch: Type 'number' is not assignable to type 'string'",
    'Nothing ran. .check off runs lines as they are.',
    '> .check off',
  ],
  run([wanted], context) {
    if (wanted !== 'on' && wanted !== 'off')
      throw new MikroscopeError('BadArgument', '.check takes on or off', 'Write .check on, or .check off.');
    context.checksTypes = wanted === 'on';
  },
};
