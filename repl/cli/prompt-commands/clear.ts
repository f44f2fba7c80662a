import { MikroscopeError } from '../../../src/index.ts';
import type { Command } from '../../commands/command.ts';
import { knowsCodes } from '../../terminal/knows-codes.ts';
import type { AtPrompt } from './at-prompt.ts';

/** The command `.clear`. */
export function clearCommand({ prompt }: AtPrompt): Command {
  return {
    name: 'clear',
    form: 'dotted',
    group: 'Shell',
    summary: 'Clear the screen, as Ctrl-L does.',
    usage: '.clear',
    example: ['> .clear'],
    run() {
      if (!knowsCodes())
        throw new MikroscopeError(
          'InvalidState',
          'This terminal has no codes that clear it',
          'It has with another TERM, such as xterm-256color.',
        );
      prompt().clear();
    },
  };
}
