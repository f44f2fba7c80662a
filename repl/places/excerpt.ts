import type { Excerpt } from '../answer/answer.ts';

/** The line of a text that has the error. */
export function excerpt(
  text: string,
  { line, column }: { readonly line: number; readonly column: number | undefined },
): Excerpt {
  const lines = text.split('\n');
  return { text: lines[line - 1] ?? '', column, number: lines.length > 1 ? line : undefined };
}
