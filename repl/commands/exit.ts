import { inspect } from 'node:util';
import { MikroscopeError } from '../../src/index.ts';
import { ready } from '../answer/show-as.ts';
import type { Command } from './command.ts';

export const exit: Command = {
  name: 'exit',
  aliases: ['quit'],
  form: 'either',
  group: 'Shell',
  summary: 'Leave; exit(3) with an exit code. Also .exit, quit() and Ctrl-D.',
  usage: 'exit()',
  type: '(code?: number) => void',
  example: ['> exit()'],
  run: ([code = 0]) => ready({ kind: 'exit', code: exitCode(code) }),
};

/** @param code what was typed: after a dotted command, a string */
function exitCode(code: unknown): number {
  const number = typeof code === 'string' && code.trim() !== '' ? Number(code) : code;
  if (Number.isInteger(number) && (number as number) >= 0 && (number as number) <= 255)
    return number as number;
  throw new MikroscopeError('BadArgument', `exit takes a code from 0 to 255, and got ${inspect(code)}`);
}
