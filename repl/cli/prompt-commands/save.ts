import { resolve } from 'node:path';
import { MikroscopeError } from '../../../src/index.ts';
import { text } from '../../answer/show-as.ts';
import type { Command } from '../../commands/command.ts';
import { writeWhole } from '../../transcript/parse/files.ts';
import { writeDraft } from '../../transcript/record/write-draft.ts';
import { assertCreatable, transcriptName } from '../recording-file.ts';
import { recordingOf } from '../recording-of.ts';
import type { AtPrompt } from './at-prompt.ts';

/** The command `.save`. */
export function saveCommand({ shell, typed, folder }: AtPrompt): Command {
  return {
    name: 'save',
    form: 'dotted',
    group: 'Shell',
    summary: 'Save what was typed so far as a transcript, without what it printed; .record keeps that, too.',
    usage: '.save FILE',
    argument: 'file',
    example: [
      '> 1 + 1',
      '2',
      '> .save walk.repl.md',
      'Saved 1 statement in walk.repl.md; mikroscope check --update walk.repl.md adds what it prints.',
    ],
    async run([name]) {
      if (typeof name !== 'string')
        throw new MikroscopeError('BadArgument', '.save takes a file', 'Write .save FILE.');
      const { session } = typed;
      const count = session.steps.length;
      if (count === 0)
        throw new MikroscopeError(
          'NotFound',
          'Nothing has been typed yet',
          'Commands such as .save are not counted.',
        );
      const path = transcriptName(name);
      const file = resolve(folder, path);
      assertCreatable(path, file);
      await writeWhole(file, writeDraft(recordingOf({ ...session, path }, shell())));
      return text(
        `Saved ${count} ${count === 1 ? 'statement' : 'statements'} in ${path}; mikroscope check --update ${path} adds what ${count === 1 ? 'it prints' : 'they print'}.`,
      );
    },
  };
}
