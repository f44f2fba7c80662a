import type { ChalkInstance } from 'chalk';
import { Highlighter } from '../../editor/highlight/highlighter.ts';
import { colors } from '../../editor/screen/theme.ts';

const view = { cursor: -1, suggestion: '', menu: undefined, search: undefined, viMode: undefined };

/**
 * Colors a line of code as the prompt does.
 *
 * @param isInline whether it stands in prose, where it has a color of its own as a whole
 */
export function colorCode(text: string, chalk: ChalkInstance, isInline = false): string {
  if (chalk.level === 0) return isInline ? `\`${text}\`` : text;
  if (isInline) return chalk.cyan(text);
  const spans = new Highlighter(() => true)
    .spans({ ...view, text }, 0, text.length)
    .filter(({ kind }) => kind !== 'error' && kind !== 'bracket')
    .toSorted((one, other) => one.from - other.from);
  let drawn = '';
  let at = 0;
  for (const { kind, from, to } of spans) {
    const codes = colors[kind];
    if (from < at || codes === undefined) continue;
    drawn += `${text.slice(at, from)}\u001B[${codes}m${text.slice(from, to)}\u001B[0m`;
    at = to;
  }
  return drawn + text.slice(at);
}
