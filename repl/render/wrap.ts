import { stripVTControlCharacters } from 'node:util';

/**
 * Breaks a text into lines at its spaces. A word that is too long has a line of its own.
 *
 * @param width the columns of a line; colors take none
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || columnsOf(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function columnsOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
