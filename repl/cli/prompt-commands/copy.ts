import { MikroscopeError } from '../../../src/index.ts';
import { describe } from '../../answer/describe.ts';
import { text } from '../../answer/show-as.ts';
import type { Command } from '../../commands/command.ts';
import { render } from '../../render/render.ts';
import { knowsCodes } from '../../terminal/knows-codes.ts';
import type { AtPrompt } from './at-prompt.ts';

/** The most bytes that go to the clipboard: terminals drop what they do not take, some of them more than 74,994 characters of base64. */
const maxBytes = 56_000;

/** The function `copy()`. Terminals know the sequence as OSC 52, browsers' consoles the function. */
export function copyCommand({ shell }: AtPrompt): Command {
  return {
    name: 'copy',
    group: 'Shell',
    summary: "Put a text, or a value as the prompt shows it, on the terminal's clipboard.",
    usage: 'copy(value)',
    type: '(value: any) => void',
    example: ["> copy('Corey')", "Sent 5 characters to the terminal's clipboard."],
    async run(args) {
      if (args.length === 0)
        throw new MikroscopeError('BadArgument', 'copy() takes a value', 'Write copy(_) for the last one.');
      if (!knowsCodes())
        throw new MikroscopeError(
          'InvalidState',
          'This terminal has no clipboard that programs can write to',
          'It may with another TERM, such as xterm-256color.',
        );
      const copied = await textFor(args[0], shell());
      const bytes = Buffer.byteLength(copied);
      if (bytes > maxBytes)
        throw new MikroscopeError(
          'BadArgument',
          `A terminal's clipboard takes ${maxBytes.toLocaleString('en')} bytes, and this has ${bytes.toLocaleString('en')}`,
          "Copy a part of it, or write it to a file: (await import('node:fs')).writeFileSync('FILE', text).",
        );
      process.stdout.write(`\u001B]52;c;${Buffer.from(copied).toString('base64')}\u0007`);
      const { length } = copied;
      return text(
        `Sent ${length.toLocaleString('en')} ${length === 1 ? 'character' : 'characters'} to the terminal's clipboard.`,
      );
    },
  };
}

/** A text as it is; anything else as the prompt shows it on a line of any width. */
async function textFor(value: unknown, { session }: ReturnType<AtPrompt['shell']>): Promise<string> {
  if (typeof value === 'string') return value;
  const answer = await describe(value, session);
  if (answer.kind === 'error') throw answer.error;
  return render(answer, { width: 10_000, color: false }) ?? 'undefined';
}
