import type { SourceError } from '../syntax/source-error.ts';

/** The most columns that an excerpt has. */
const maxWidth = 100;

/** The line of a text that has the error, with a mark below the column; a long line is cut around it. */
export function excerpt(text: string, { line, column }: SourceError): string {
  const whole = text.split('\n')[line - 1] ?? '';
  const start = whole.length > maxWidth ? Math.max(0, column - maxWidth / 2) : 0;
  const before = start > 0 ? '…' : '';
  const after = start + maxWidth < whole.length ? '…' : '';
  const indent = `${before}${whole.slice(start, column)}`.replaceAll(/[^\t]/g, ' ');
  return `${before}${whole.slice(start, start + maxWidth)}${after}\n${indent}^`;
}
