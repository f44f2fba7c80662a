import { stripVTControlCharacters } from 'node:util';
import { visible } from '../../../src/index.ts';
import type { Answer, ErrorAnswer } from '../../answer/answer.ts';
import { render, renderHeadline } from '../../render/render.ts';
import { withoutStack } from '../compare/without-stack.ts';
import type { Actual } from '../outcome.ts';
import { newline } from '../parse/parse-transcript.ts';

const style = { width: 80, color: false };

/**
 * What a statement printed: the console's lines, then those of its answer, 80 columns wide and without color. Only the
 * line of an error begins with `Uncaught `; others get a backslash, as they are written in a file.
 *
 * @param printed what it wrote to the console, as {@link literalText}
 */
export function printedLines(answer: Answer, printed: string): Pick<Actual, 'output' | 'bare'> {
  const consoleText = printed === '' ? [] : [printed.replace(/\n$/, '')];
  const lines = (rendered: string | undefined) =>
    withoutStack([...consoleText, ...(rendered === undefined ? [] : [rendered])].join('\n').split(newline));
  // SQL is compared as SQL instead of as output, and the file may be played elsewhere without a sandbox.
  const plain = { sql: [], sandbox: false };
  if (answer.kind !== 'error') {
    const rendered = render({ ...answer, ...plain }, style);
    return { output: lines(rendered === undefined ? undefined : literalText(rendered)) };
  }
  const error = { ...answer, ...plain, frames: [], ...unnumbered(answer) };
  const literal = literalText(renderHeadline(error, style));
  const headline = literal.slice(1);
  return {
    output: lines(literalText(render(error, style) ?? '').replace(literal, () => headline)),
    bare: lines(headline),
  };
}

/**
 * Printed text in which no line can be taken for the one of an error. What a terminal would obey is shown as at the prompt:
 * Markdown does not keep every character.
 */
export function literalText(text: string): string {
  return stripVTControlCharacters(visible(text, true)).replaceAll(/^\\*Uncaught /gm, String.raw`\$&`);
}

/** Files hold the typed line without its number. */
function unnumbered({ excerpt }: ErrorAnswer): Pick<ErrorAnswer, 'excerpt'> {
  return excerpt ? { excerpt: { ...excerpt, number: undefined } } : {};
}
