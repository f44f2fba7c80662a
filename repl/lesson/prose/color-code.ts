import type { ChalkInstance } from 'chalk';
import { colors } from '../../editor/screen/theme.ts';
import { codeSpans } from './code-spans.ts';

/**
 * Colors a line of code as the prompt does.
 *
 * @param isInline whether it stands in prose, where it has a color of its own as a whole
 */
export function colorCode(text: string, chalk: ChalkInstance, isInline = false): string {
  if (chalk.level === 0) return isInline ? `\`${text}\`` : text;
  if (isInline) return chalk.cyan(text);
  return codeSpans(text)
    .map(span => {
      const codes = span.kind && colors[span.kind];
      return codes === undefined ? span.text : `\u001B[${codes}m${span.text}\u001B[0m`;
    })
    .join('');
}
