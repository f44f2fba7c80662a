import type { SourceError } from '../syntax/source-error.ts';

/** The line of a text that has the error, with a mark below the column. */
export function excerpt(text: string, { line, column }: SourceError): string {
  const typed = text.split('\n')[line - 1] ?? '';
  const indent = typed.slice(0, column).replaceAll(/[^\t]/g, ' ');
  return `${typed}\n${indent}^`;
}
