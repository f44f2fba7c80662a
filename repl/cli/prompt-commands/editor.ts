import type { Command } from '../../commands/command.ts';
import { editElsewhere } from '../../terminal/external-editor.ts';
import type { AtPrompt } from './at-prompt.ts';

/** The command `.editor`. */
export function editorCommand({ prompt }: AtPrompt): Command {
  return {
    name: 'editor',
    form: 'dotted',
    group: 'Shell',
    summary:
      'Write in your editor ($VISUAL or $EDITOR), and come back with the text; Ctrl-X Ctrl-E takes what is typed along.',
    usage: '.editor',
    example: ['> .editor'],
    run() {
      prompt().paste(prompt().lend(() => editElsewhere('', process.env)));
    },
  };
}
