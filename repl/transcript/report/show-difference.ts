import { Chalk } from 'chalk';
import { diffWordsWithSpace } from 'diff';
import { alignLines } from '../compare/align-lines.ts';
import type { Bindings } from '../parse/pattern.ts';

/** How many equal lines are shown above and below one that differs. */
const contextLines = 2;

interface ShownLine {
  readonly text: string;
  readonly isEqual: boolean;
}

/**
 * Shows where printed lines differ from the expected ones: `-` before what is written, `+` before what was printed, and
 * `^` under what differs within a line.
 */
export function showDifference(
  expected: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
  color: boolean,
): string[] {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const shown: ShownLine[] = [];
  let dropped: string[] = [];
  const show = (text: string, isEqual = false) => void shown.push({ text, isEqual });
  const showDropped = () => {
    for (const line of dropped) show(chalk.red(`- ${line}`));
    dropped = [];
  };
  for (const edit of alignLines(expected, actual, bindings)) {
    if (edit.kind === 'drop') dropped.push(edit.expected);
    else if (edit.kind === 'add') {
      const replaced = dropped.shift();
      if (replaced !== undefined) show(chalk.red(`- ${replaced}`));
      show(chalk.green(`+ ${edit.actual}`));
      if (replaced !== undefined) show(chalk.yellow(`  ${marks(replaced, edit.actual)}`));
    } else {
      showDropped();
      show(`  ${edit.expected}`, true);
    }
  }
  showDropped();
  return shorten(shown);
}

/** A `^` under every character that was added, or under the end of the line where something is missing. */
function marks(before: string, after: string): string {
  const line = diffWordsWithSpace(before, after)
    .filter(({ removed }) => !removed)
    .map(({ value, added }) => (added ? '^' : ' ').repeat(value.length))
    .join('');
  return line.includes('^') ? line.trimEnd() : `${' '.repeat(after.length)}^`;
}

/** Replaces equal lines that are far from a difference by `...`. */
function shorten(lines: readonly ShownLine[]): string[] {
  const isNear = (index: number) =>
    lines.slice(Math.max(0, index - contextLines), index + contextLines + 1).some(({ isEqual }) => !isEqual);
  return lines.flatMap(({ text, isEqual }, index) => {
    if (!isEqual || isNear(index)) return [text];
    return isNear(index - 1) || index === 0 ? ['  ...'] : [];
  });
}
