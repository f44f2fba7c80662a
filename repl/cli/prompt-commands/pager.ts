import { MikroscopeError } from '../../../src/index.ts';
import type { Command } from '../../commands/command.ts';
import type { AtPrompt } from './at-prompt.ts';

/** The command `.pager`. */
export function pagerCommand({ pager }: AtPrompt): Command {
  return {
    name: 'pager',
    form: 'dotted',
    group: 'Shell',
    summary: 'Show answers that are longer than the screen in $PAGER, or in less; .pager off stops.',
    usage: '.pager on',
    argument: () => ['on', 'off'],
    example: ['> .pager on'],
    run([wanted]) {
      if (wanted !== 'on' && wanted !== 'off')
        throw new MikroscopeError('BadArgument', '.pager takes on or off', 'Write .pager on, or .pager off.');
      pager.isOn = wanted === 'on';
    },
  };
}
