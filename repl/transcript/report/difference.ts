import { Chalk } from 'chalk';
import { diffWordsWithSpace } from 'diff';
import { align } from '../align.ts';
import { standsFor } from '../parse/expectation.ts';
import { anyLines, type Bindings } from '../parse/pattern.ts';

/** Lines of context above and below what differs. */
const context = 2;

/**
 * Shows where printed lines are not the expected ones: `-` for what is written, `+` for what came, and a mark under
 * what differs within a line.
 */
export function showDifference(
  expected: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
  color: boolean,
): string[] {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const shown: { readonly text: string; readonly same: boolean }[] = [];
  let gone: string[] = [];
  const show = (text: string, same = false) => void shown.push({ text, same });
  const flush = () => {
    for (const line of gone) show(chalk.red(`- ${line}`));
    gone = [];
  };
  for (const edit of align(expected, actual, {
    matches: (line, found) => standsFor(line, found, bindings),
    isAny: line => line.trim() === anyLines,
    weight: () => 1,
  })) {
    if (edit.kind === 'drop') gone.push(edit.expected);
    else if (edit.kind === 'add') {
      const before = gone.shift();
      if (before !== undefined) show(chalk.red(`- ${before}`));
      show(chalk.green(`+ ${edit.actual}`));
      if (before !== undefined) show(chalk.yellow(`  ${marks(before, edit.actual)}`));
    } else {
      flush();
      show(`  ${edit.expected}`, true);
    }
  }
  flush();
  return shorten(shown);
}

/** A `^` under every character that came instead of another; under the end, where something is missing. */
function marks(before: string, after: string): string {
  const line = diffWordsWithSpace(before, after)
    .filter(({ removed }) => !removed)
    .map(({ value, added }) => (added ? '^' : ' ').repeat(value.length))
    .join('');
  return line.includes('^') ? line.trimEnd() : `${' '.repeat(after.length)}^`;
}

/** Leaves out lines that are as expected, but for a few around the others. */
function shorten(lines: readonly { readonly text: string; readonly same: boolean }[]): string[] {
  const near = (index: number) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ same }) => !same);
  return lines.flatMap(({ text, same }, index) => {
    if (!same || near(index)) return [text];
    return near(index - 1) || index === 0 ? ['  ...'] : [];
  });
}
