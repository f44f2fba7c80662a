import { resolve } from 'node:path';
import { MikroscopeError } from '../../../src/index.ts';
import type { Command } from '../../commands/command.ts';
import { parseTranscript } from '../../transcript/parse/parse-transcript.ts';
import { stepsOf } from '../../transcript/transcript.ts';
import { readScriptFile } from '../script-text.ts';
import type { AtPrompt } from './at-prompt.ts';

/** The command `.load`. */
export function loadCommand({ prompt, folder }: AtPrompt): Command {
  return {
    name: 'load',
    form: 'dotted',
    group: 'Shell',
    summary: 'Run a file as if it were pasted: a script, or the statements of a transcript.',
    usage: '.load FILE',
    argument: 'file',
    example: ['> .load seed.ts'],
    async run([name]) {
      if (typeof name !== 'string')
        throw new MikroscopeError('BadArgument', '.load takes a file', 'Write .load FILE.');
      const text = (await readScriptFile(name, resolve(folder, name)))
        .replace(/^\uFEFF/, '')
        .replaceAll('\r\n', '\n');
      const statements = name.endsWith('.md') ? sessionOf(name, text) : text;
      prompt().paste(`${statements.replace(/\n+$/, '')}\n`);
    },
  };
}

/** The statements of a transcript, each behind a prompt: it begins one, whatever the line before it. */
function sessionOf(name: string, text: string): string {
  const transcript = parseTranscript(name, text);
  const [problem] = transcript.problems;
  const steps = stepsOf(transcript).filter(({ block }) => block.skip === undefined);
  if (problem || steps.length === 0)
    throw new MikroscopeError(
      'BadArgument',
      problem ? `${name}:${problem.line}: ${problem.message}` : `There is nothing to run in ${name}`,
      'The statements of a transcript are in blocks of the language repl, each behind a prompt.',
    );
  return steps.map(({ step }) => `> ${step.typed.replaceAll('\n', '\n... ')}`).join('\n');
}
