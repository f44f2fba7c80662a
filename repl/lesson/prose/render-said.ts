import { Chalk } from 'chalk';
import { visible } from '../../../src/index.ts';
import { render, type Style } from '../../render/render.ts';
import { progressBar } from '../progress.ts';
import type { Said } from '../run/said.ts';
import { colorCode } from './color-code.ts';
import { renderProse } from './render-prose.ts';

/** Draws what a lesson says, with an empty line between its parts. */
export function renderSaid(said: readonly Said[], style: Style): string {
  const drawn = said.map(each => ({ kind: each.kind, text: draw(each, style) }));
  return drawn
    .map(({ kind, text }, index) => (index > 0 && !belong(drawn[index - 1]?.kind, kind) ? `\n${text}` : text))
    .join('\n');
}

/** Whether nothing separates one thing from the next. */
function belong(one: Said['kind'] | undefined, other: Said['kind']): boolean {
  return one === other && (one === 'typed' || one === 'wrong');
}

function draw(said: Said, style: Style): string {
  const chalk = new Chalk({ level: style.color ? 1 : 0 });
  const mark = (sign: string, markdown: string) =>
    `${sign} ${renderProse(markdown, { ...style, width: style.width - 2 }).replaceAll('\n', '\n  ')}`.trimEnd();
  switch (said.kind) {
    case 'prose':
      return renderProse(said.markdown, style);
    case 'note':
      return mark(chalk.dim('›'), said.markdown);
    case 'right':
      return mark(chalk.green('✓'), said.markdown);
    case 'wrong':
      return mark(chalk.yellow('✗'), said.markdown);
    case 'choices':
      return said.choices
        .map(
          (text, index) =>
            `  ${chalk.bold(index + 1)}  ${renderProse(text, { ...style, width: style.width - 5 }).replaceAll('\n', '\n     ')}`,
        )
        .join('\n');
    case 'progress':
      return chalk.dim(progressBar(said.done, said.total));
    case 'typed':
      return drawTyped(said, style, chalk);
  }
}

function drawTyped(
  { typed, printed, answer }: Extract<Said, { kind: 'typed' }>,
  style: Style,
  chalk: InstanceType<typeof Chalk>,
): string {
  const lines = visible(typed)
    .split('\n')
    .map((line, index) => `${index === 0 ? '> ' : chalk.dim('... ')}${colorCode(line, chalk)}`);
  return [...lines, printed.replace(/\n$/, ''), render(answer, style) ?? '']
    .filter(text => text !== '')
    .join('\n');
}
