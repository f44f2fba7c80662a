import stringWidth from 'string-width';
import type { Excerpt, Frame } from '../answer/answer.ts';

/** The most columns that an excerpt has. */
const maxWidth = 100;

/** A typed line, with its number and a mark below its column. */
export function renderExcerpt({ number, ...line }: Excerpt, width: number): string {
  return marked(number === undefined ? '' : `${String(number).padStart(3)} | `, line, width);
}

/** A line of a stack, with the typed line that it is about. */
export function renderFrame({ text, excerpt }: Frame, width: number): string {
  if (!excerpt) return text;
  const indent = /^\s*/.exec(excerpt.text)?.[0].length ?? 0;
  const column = excerpt.column === undefined ? undefined : excerpt.column - indent;
  return marked(`${text}: `, { text: excerpt.text.slice(indent), column }, width);
}

/** Draws a line behind a head, and a mark below its column. A line that is too long is cut around it. */
function marked(head: string, { text, column }: Omit<Excerpt, 'number'>, width: number): string {
  const room = Math.max(20, Math.min(width - 1, maxWidth) - head.length);
  const isLong = stringWidth(text) > room;
  const start = isLong ? Math.max(0, (column ?? 0) - Math.floor(room / 2)) : 0;
  const before = start > 0 ? '…' : '';
  const shown = isLong ? cut(text.slice(start), room - 2) : text;
  const after = start + shown.length < text.length ? '…' : '';
  const line = `${head}${before}${shown}${after}`;
  return column === undefined ? line : `${line}\n${blank(`${head}${before}${text.slice(start, column)}`)}^`;
}

/** The beginning of a text, of so many columns. */
function cut(text: string, columns: number): string {
  let end = Math.min(text.length, columns);
  while (stringWidth(text.slice(0, end)) > columns) end--;
  return text.slice(0, end);
}

/** As many columns as a text has; tabs stay. */
function blank(text: string): string {
  return text
    .split('\t')
    .map(part => ' '.repeat(stringWidth(part)))
    .join('\t');
}
