import { stripVTControlCharacters } from 'node:util';
import type { Answer } from '../../answer/answer.ts';
import { render, renderHeadline } from '../../render/render.ts';
import { withoutStack } from '../compare/without-stack.ts';
import type { Actual } from '../outcome.ts';
import { newline } from '../parse/parse-transcript.ts';

const style = { width: 80, color: false };

/**
 * What a statement printed: the console's lines, then those of its answer, 80 columns wide and without color.
 *
 * @param printed what it wrote to the console
 */
export function printedLines(answer: Answer, printed: string): Pick<Actual, 'output' | 'bare'> {
  const consoleText = printed === '' ? [] : [printed.replace(/\n$/, '')];
  const lines = (rendered: string | undefined) => {
    const text = [...consoleText, ...(rendered === undefined ? [] : [rendered])].join('\n');
    return withoutStack(stripVTControlCharacters(text).split(newline));
  };
  // SQL is compared as SQL instead of as output, and the file may be played elsewhere without a sandbox.
  const plain = { sql: [], sandbox: false };
  if (answer.kind !== 'error') return { output: lines(render({ ...answer, ...plain }, style)) };
  const error = { ...answer, ...plain, frames: [] };
  return { output: lines(render(error, style)), bare: lines(renderHeadline(error, style)) };
}
